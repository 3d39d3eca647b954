// Small conveniences; every page works without them.
(() => {
  "use strict";

  const DAY = 24 * 60 * 60 * 1000;
  const iso = (ms) => new Date(ms).toISOString().slice(0, 10);

  // The slider of the time form moves its date field, and sends the form when let go.
  function slideThroughTime(form) {
    const slider = form.querySelector("[data-time-slider]");
    const day = form.querySelector("input[type=date]");
    if (!slider || !day || !day.min || !day.max) return;
    // The last notch is now, however long ago the last cycle ended.
    const first = Date.parse(day.min);
    const last = Date.parse(day.dataset.sliderLast || day.max);
    const dayAt = (notch) => (notch >= slider.max ? day.max : iso(first + notch * DAY));
    const said = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    const tell = () => slider.setAttribute("aria-valuetext", said.format(Date.parse(day.value)));
    slider.max = Math.round((last - first) / DAY) + (last < Date.parse(day.max) ? 1 : 0);
    slider.value = Math.round((Date.parse(day.value) - first) / DAY);
    slider.hidden = false;
    tell();
    slider.addEventListener("input", () => {
      day.value = dayAt(Number(slider.value));
      tell();
    });
    slider.addEventListener("change", () => form.requestSubmit());
  }

  // Today is now: the address then carries no moment.
  function dropToday(form) {
    form.addEventListener("submit", () => {
      const day = form.querySelector("input[type=date]");
      if (day && day.value === day.max) day.disabled = true;
    });
  }

  // A form that is sent twice by an impatient finger is sent once.
  function sendOnce(form) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  }

  // Where a choice acts at once, its button is not needed.
  function actAtOnce(form) {
    const button = form.querySelector("button[type=submit]");
    if (button) button.hidden = true;
  }

  function mount(root) {
    root.querySelectorAll("form[data-time]").forEach((form) => {
      slideThroughTime(form);
      dropToday(form);
    });
    root.querySelectorAll("form[data-submit-on-change]").forEach(actAtOnce);
    root.querySelectorAll("form.form").forEach(sendOnce);
  }

  mount(document);
  document.addEventListener("htmx:afterSettle", (event) => {
    document.querySelectorAll("#list form[data-submit-on-change]").forEach(actAtOnce);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form.form").forEach((form) => delete form.dataset.sent);
    document.querySelectorAll("form[data-time] input[type=date]").forEach((day) => { day.disabled = false; });
  });
})();
