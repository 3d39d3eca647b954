// Draws the charts of a page from the data beside them. The table twins hold the same figures.
(() => {
  "use strict";

  const MOSS = "#0d6660";
  const REVISED = "#c2410c";
  const STONE = "#4a5862";
  const PLAN = "#8694a0";
  const INK = "#16232b";
  const LINE = "#e3e6e2";
  const FONT = '"Inter", "Segoe UI", "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  const at = (day) => new Date(`${day}T00:00:00`).getTime();
  // The first and the middle of each month: the first carries its name.
  function ticks(window) {
    const end = at(window[1]);
    const found = [];
    const day = new Date(at(window[0]));
    for (day.setDate(day.getDate() <= 1 ? 1 : 15); day.getTime() <= end; ) {
      found.push(day.getTime());
      if (day.getDate() < 15) day.setDate(15);
      else day.setMonth(day.getMonth() + 1, 1);
    }
    return found;
  }

  const pairs = (points) => points.map(([day, value]) => [at(day), value]);

  // The targets as steps: each holds until the next begins, the last to the end of the window.
  function steps(chart) {
    const points = chart.targets.map((step) => [at(step.on), step.value]);
    const last = chart.targets[chart.targets.length - 1];
    const end = chart.as_of && chart.as_of < chart.window[1] ? chart.as_of : chart.window[1];
    if (last && at(end) > at(last.on)) points.push([at(end), last.value]);
    return points;
  }

  function nameOfDay(ms, language) {
    const day = new Date(ms);
    if (day.getDate() !== 1) return String(day.getDate());
    return new Intl.DateTimeFormat(language, { month: "short" }).format(day);
  }

  function tipOfStep(step, words) {
    const box = element("div", undefined, "tip");
    box.append(element("b", `${words.revised} ${step.day}: ${step.text}`));
    if (step.who) box.append(element("span", `${words.by} ${step.who}`, "who"));
    if (step.why) box.append(element("p", `${words.why}: ${step.why}`));
    return box;
  }

  function tipOfDay(parameters, given, words) {
    const box = element("div", undefined, "tip");
    const day = parameters[0].axisValue;
    const format = new Intl.DateTimeFormat(given.language, { dateStyle: "long" });
    box.append(element("b", format.format(day)));
    const list = element("dl");
    const number = new Intl.NumberFormat(given.language, { maximumFractionDigits: 2 });
    const add = (name, value) => list.append(element("dt", name), element("dd", value));
    parameters.filter((p) => p.seriesId === "actual").forEach((p) => add(words.actual, number.format(p.value[1])));
    const now = [...given.chart.targets].reverse().find((step) => at(step.on) <= day);
    if (now) add(words.target, now.text);
    const first = given.chart.targets[0];
    if (first && now && now !== first) add(words.original, first.text);
    box.append(list);
    if (now && !now.original) {
      const why = [now.who, now.why].filter(Boolean).join(" · ");
      if (why) box.append(element("p", why));
    }
    return box;
  }

  function series(given, narrow) {
    const { chart, words } = given;
    const revisions = chart.targets.filter((step) => !step.original);
    const all = [];
    if (chart.original.length) {
      all.push({
        id: "original", name: revisions.length ? words.original : words.target, type: "line", data: pairs(chart.original), showSymbol: false,
        lineStyle: { color: STONE, width: 2, type: [8, 5] }, itemStyle: { color: STONE }, z: 3, silent: true,
        endLabel: { show: revisions.length > 0 && !narrow, formatter: chart.targets[0].text, color: STONE, fontFamily: FONT, fontWeight: 600, distance: 6 },
      });
    }
    if (revisions.length) {
      all.push({
        id: "target", name: words.target, type: "line", step: "end", data: steps(chart), showSymbol: false,
        lineStyle: { color: REVISED, width: 2.5 }, itemStyle: { color: REVISED }, z: 4,
        markPoint: {
          symbol: "circle", symbolSize: 13,
          itemStyle: { color: "#fff", borderColor: REVISED, borderWidth: 3 },
          label: { show: true, position: "top", distance: 7, color: "#9a3209", fontFamily: FONT, fontWeight: 700, fontSize: 13, backgroundColor: "#fff", padding: [1, 5], borderRadius: 4, formatter: (p) => p.data.step.text },
          data: revisions.map((step) => ({ coord: [at(step.on), step.value], step })),
          tooltip: { trigger: "item", formatter: (p) => tipOfStep(p.data.step, words) },
        },
      });
    }
    const tones = { baseline: "#6b7780", threshold: "#8a5300", stretch: "#5b3fa0" };
    chart.lines.forEach((line) => all.push({
      id: line.name, name: words[line.name], type: "line", showSymbol: false, silent: true, z: 1,
      data: [[at(chart.window[0]), line.value], [at(chart.window[1]), line.value]],
      lineStyle: { color: tones[line.name], width: 1.5, type: [4, 4] }, itemStyle: { color: tones[line.name] },
      endLabel: { show: !narrow, formatter: words[line.name], color: tones[line.name], fontFamily: FONT, distance: 6 },
    }));
    all.push({
      id: "plan", name: words.plan, type: "line", data: pairs(chart.plan), showSymbol: false,
      lineStyle: { color: PLAN, width: 2, type: [2, 4] }, itemStyle: { color: PLAN }, z: 2, silent: true,
    });
    all.push({
      id: "actual", name: words.actual, type: "line", data: chart.actual.map((p) => [at(p.on), p.value]),
      symbol: "circle", symbolSize: chart.actual.length > 40 ? 0 : 7, showAllSymbol: true,
      lineStyle: { color: MOSS, width: 3 }, itemStyle: { color: "#fff", borderColor: MOSS, borderWidth: 2.5 },
      areaStyle: { color: MOSS, opacity: 0.07, origin: "start" }, z: 5,
      markLine: chart.as_of ? {
        symbol: "none", silent: true, lineStyle: { color: "#8a5300", width: 1.5, type: "solid" },
        label: { formatter: words.asOf, color: "#8a5300", fontFamily: FONT, fontWeight: 600, position: "end", rotate: 0, distance: 4 },
        data: [{ xAxis: at(chart.as_of) }],
      } : undefined,
    });
    return all;
  }

  function option(given, narrow) {
    const { chart, words } = given;
    const drawn = series(given, narrow);
    const text = { color: "#586570", fontFamily: FONT, fontSize: 12 };
    return {
      animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 450,
      textStyle: { fontFamily: FONT },
      grid: { left: 6, right: narrow ? 14 : chart.lines.length ? 84 : 52, top: 34, bottom: narrow ? 64 : 40, containLabel: true },
      legend: {
        bottom: 0, itemWidth: 26, itemGap: narrow ? 12 : 22, textStyle: { ...text, fontSize: 13, color: "#3d4a53" },
        data: drawn.filter((one) => one.name).map(({ name }) => ({ name })), selectedMode: false, icon: "roundRect", itemHeight: 4,
      },
      tooltip: {
        trigger: "axis", confine: true, borderColor: LINE, padding: [10, 14], extraCssText: "box-shadow: 0 6px 24px -8px rgb(22 35 43 / 30%); border-radius: 10px;",
        axisPointer: { type: "line", lineStyle: { color: "#9aa5ab" } },
        formatter: (parameters) => (Array.isArray(parameters) ? tipOfDay(parameters, given, words) : ""),
      },
      xAxis: {
        type: "time", min: at(chart.window[0]), max: at(chart.window[1]),
        axisLabel: { ...text, customValues: ticks(chart.window), formatter: (ms) => nameOfDay(ms, given.language), hideOverlap: true },
        axisLine: { lineStyle: { color: "#aab3b6" } }, axisTick: { show: true, customValues: ticks(chart.window), lineStyle: { color: "#aab3b6" } }, splitLine: { show: false },
      },
      yAxis: {
        type: "value", scale: true, axisLabel: { ...text, formatter: chart.unit === "%" ? "{value}%" : undefined }, splitLine: { lineStyle: { color: "#edefec" } },
        min: (range) => (range.min >= 0 && range.min < range.max * 0.6 ? 0 : undefined),
      },
      series: drawn,
    };
  }

  function draw(place) {
    const given = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const chart = window.echarts.init(place, null, { renderer: "canvas", locale: given.language === "en" ? "EN" : "ZH" });
    chart.setOption(option(given, place.clientWidth < 520));
    new ResizeObserver(() => chart.resize()).observe(place);
    place.dataset.drawn = "yes";
  }

  document.querySelectorAll("[data-chart]").forEach(draw);
})();
