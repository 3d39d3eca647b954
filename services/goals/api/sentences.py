"""What is said of each happening: English sentences, which are the message ids of ``stories.po``.

``{actor}``, ``{responsible}``, ``{previous}``, ``{approver}`` and ``{holder}`` are people or units:
they stay in the sentence, for the reader's directory to fill in.
"""

from collections.abc import Mapping

GOALS = "cairn.goals."

OF_CYCLES: Mapping[str, str] = {
    "cycle.planned.v1": "{actor} planned the cycle {code}, from {first} to {last}.",
    "cycle.drafting_opened.v1": "{actor} opened drafting.",
    "cycle.drafting_window_moved.v1": "{actor} moved the drafting window to {first} – {last}.",
    "cycle.cadence_chosen.v1": "{actor} chose the cadence {cadence}.",
    "cycle.mid_cycle_review_moved.v1": "{actor} moved the mid-cycle review to {on}.",
    "cycle.activated.v1": "{actor} started the cycle.",
    "cycle.grading_opened.v1": "{actor} opened grading.",
    "cycle.grading_reopened.v1": "{actor} reopened the cycle: {reason}",
    "cycle.closed.v1": "{actor} closed the cycle.",
}

OF_OBJECTIVES: Mapping[str, str] = {
    "objective.suggested.v1": "{actor} suggested the objective “{title}”.",
    "objective.suggestion_accepted.v1": "{actor} accepted the suggestion.",
    "objective.suggestion_declined.v1": "{actor} declined the suggestion: {reason}",
    "objective.drafted.v1": "{actor} drafted the objective “{title}”.",
    "objective.redrafted.v1": "{actor} changed the draft “{title}”.",
    "objective.published.v1": (
        "{actor} published “{title}” with {count} key results: this is the original."
    ),
    "objective.reworded.v1": (
        "{actor} reworded the objective: “{before}” became “{after}”: {reason}"
    ),
    "objective.kind_revised.v1": "{actor} changed the kind from {before} to {after}: {reason}",
    "objective.priority_revised.v1": (
        "{actor} changed the priority from {before} to {after}: {reason}"
    ),
    "objective.weight_revised.v1": (
        "{actor} changed the objective's weight from {before} to {after}: {reason}"
    ),
    "objective.holder_revised.v1": "{actor} gave the objective to {holder}: {reason}",
    "objective.responsible_revised.v1": (
        "{actor} handed the objective over from {previous} to {responsible}: {reason}"
    ),
    "objective.aligned.v1": "{actor} aligned the objective: it {mode} another.",
    "objective.alignment_ended.v1": "{actor} ended an alignment of the objective.",
    "objective.closed.v1": "{actor} closed the objective with the score {score}.",
    "objective.rescored.v1": "{actor} changed the score to {score}: {reason}",
    "objective.post_mortem_asked.v1": "{responsible} was asked why the objective was missed.",
    "objective.post_mortem_written.v1": "{actor} wrote why the objective was missed: {text}",
    "objective.postponed.v1": "{actor} postponed the objective: {reason}",
    "objective.cancelled.v1": "{actor} cancelled the objective: {reason}",
    "objective.carried_over.v1": "{actor} carried the objective over into another cycle.",
}

OF_KEY_RESULTS: Mapping[str, str] = {
    "key_result.drafted.v1": "{actor} drafted the key result “{key_result}”: {aim}.",
    "key_result.discarded.v1": "{actor} took the drafted key result “{key_result}” out.",
    "key_result.published.v1": (
        "{actor} published the key result “{key_result}”: {aim}, by {deadline}."
        " This is the original."
    ),
    "key_result.target_revised.v1": (
        "{actor} revised the target of “{key_result}” from {before} to {after},"
        " as of {effective_from}: {reason}"
    ),
    "key_result.relative_aim_revised.v1": (
        "{actor} revised the relative aim of “{key_result}”; the target is {target} now,"
        " as of {effective_from}: {reason}"
    ),
    "key_result.stretch_revised.v1": (
        "{actor} revised the stretch of “{key_result}” from {before} to {after},"
        " as of {effective_from}: {reason}"
    ),
    "key_result.baseline_corrected.v1": (
        "{actor} corrected the baseline of “{key_result}” from {before} to {after},"
        " as of {effective_from}: {reason}"
    ),
    "key_result.bounds_revised.v1": (
        "{actor} revised the bounds of “{key_result}” to {bounds}, as of {effective_from}: {reason}"
    ),
    "key_result.operator_revised.v1": (
        "{actor} revised how “{key_result}” is compared: {bounds}, as of {effective_from}: {reason}"
    ),
    "key_result.milestones_revised.v1": (
        "{actor} revised the milestones of “{key_result}”, as of {effective_from}: {reason}"
    ),
    "key_result.rubric_revised.v1": (
        "{actor} revised the levels of “{key_result}”, as of {effective_from}: {reason}"
    ),
    "key_result.plan_revised.v1": (
        "{actor} revised the plan of “{key_result}”, as of {effective_from}: {reason}"
    ),
    "key_result.weight_revised.v1": (
        "{actor} changed the weight of “{key_result}” from {before} to {after},"
        " as of {effective_from}: {reason}"
    ),
    "key_result.responsible_revised.v1": (
        "{actor} handed “{key_result}” over from {previous} to {responsible},"
        " as of {effective_from}: {reason}"
    ),
    "key_result.start_revised.v1": (
        "{actor} moved the start of “{key_result}” from {before} to {after}: {reason}"
    ),
    "key_result.deadline_revised.v1": (
        "{actor} moved the deadline of “{key_result}” from {before} to {after}: {reason}"
    ),
    "key_result.reworded.v1": (
        "{actor} reworded the key result: “{before}” became “{after}”: {reason}"
    ),
    "key_result.measure_replaced.v1": (
        "{actor} gave “{key_result}” another measure: {aim}, as of {effective_from}: {reason}"
    ),
    "key_result.measuring_kpi_revised.v1": (
        "{actor} changed the KPI that measures “{key_result}”, as of {effective_from}: {reason}"
    ),
    "key_result.added.v1": (
        "{actor} added the key result “{key_result}”: {aim}, as of {effective_from}: {reason}"
    ),
    "key_result.dropped.v1": (
        "{actor} dropped the key result “{key_result}”, as of {effective_from}: {reason}"
    ),
    "key_result.replaced.v1": (
        "{actor} replaced “{key_result}” by “{successor}”, as of {effective_from}: {reason}"
    ),
}

OF_CHECK_INS: Mapping[str, str] = {
    "checked_in": "{actor} checked in for {observed_on}: {figure}.",
    "corrected": "The check-in for {observed_on} was corrected: {figure}.",
    "withdrawn": "The check-in for {observed_on} was withdrawn.",
}

AIMS: Mapping[str, str] = {
    "metric": "from {baseline} to {target} {unit}",
    "at_least": "at least {lower} {unit}",
    "at_most": "at most {upper} {unit}",
    "between": "between {lower} and {upper} {unit}",
    "milestone": "{count} milestones",
    "boolean": "done or not done",
    "rubric": "judged by {count} levels",
    "baseline": "find out where we stand",
}

WORDS: Mapping[str, str] = {
    "approved": "{sentence} (approved by {approver})",
    "nothing": "nothing",
    "figure": "{value}",
    "confidence": "confidence {confidence}",
    "milestones": "reached: {milestones}",
    "no_milestones": "no milestone reached",
    "level": "level “{level}”",
    "committed": "committed",
    "aspirational": "aspirational",
    "contributes": "contributes to",
    "supports": "supports",
    "weekly": "weekly",
    "biweekly": "every two weeks",
    "monthly": "monthly",
    "equal share": "an equal share",
}

TEMPLATES: Mapping[str, str] = {
    GOALS + name: sentence
    for name, sentence in {**OF_CYCLES, **OF_OBJECTIVES, **OF_KEY_RESULTS}.items()
}


def message_ids() -> list[str]:
    """Every text that ``stories.po`` translates, each once, in order."""
    groups = (OF_CYCLES, OF_OBJECTIVES, OF_KEY_RESULTS, OF_CHECK_INS, AIMS, WORDS)
    return list(dict.fromkeys(text for group in groups for text in group.values()))
