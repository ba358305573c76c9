"""The words of the screen that explains a verdict: how it was reckoned, every layer, every mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aftersales_tui.domain.policy import Verified
from aftersales_tui.domain.verdicts import LayerRow, Reason, RemedyRow, Verdict
from aftersales_tui.domain.words import Layer, Remedy, StartBasis
from aftersales_tui.i18n import C_, _, formats, language, ngettext
from aftersales_tui.i18n.labels import label
from aftersales_tui.i18n.reason_words import clause_words, count, day_words
from aftersales_tui.i18n.verdict_words import part_word


@dataclass(frozen=True, slots=True)
class StepWords:
    """One line of the reckoning: step, result, how it came about, the clause it rests on."""

    label: str
    value: str
    note: str
    clause: str


def reckoning_rows(verdict: Verdict, category: str = "") -> tuple[StepWords, ...]:
    """How the last day was reckoned, step by step; ``category`` is the kind of product as people call it."""
    return tuple(_step(verdict, step, category or verdict.category) for step in verdict.reckoning)


def mark_word(verified: Verified) -> str:
    """How far a clause was checked."""
    words = {
        Verified.TEXT: C_("mark", "text checked"),
        Verified.SECONDARY: C_("mark", "secondary source"),
        Verified.UNCONFIRMED: C_("mark", "unconfirmed"),
    }
    return words[verified]


def today_word(row: RemedyRow) -> str:
    """Whether a remedy is there today."""
    return C_("answer", "yes") if row.available else C_("answer", "no")


def until_words(row: RemedyRow) -> str:
    """Until when a remedy is there, or when it ended."""
    if row.days_left is None:
        return C_("verdict", "ended {date}").format(date=formats.day(row.effective_end))
    return formats.day_weekday(row.effective_end)


def left_words(row: RemedyRow) -> str:
    """How many days are left; a dash when it is over."""
    return "–" if row.days_left is None else formats.days(row.days_left)


def result_word(row: LayerRow) -> str:
    """How a layer fared against the others."""
    return result_of(row.result)


def result_of(result: str) -> str:
    """The code of how a layer fared, in a word."""
    words = {
        "wins": C_("layer", "wins"),
        "loses": C_("layer", "loses"),
        "over": C_("layer", "over"),
        "unknown": C_("layer", "no date"),
        "not_in_force": C_("layer", "not in force"),
    }
    return words.get(result, result)


def layer_sentence(row: LayerRow) -> str:
    """What a layer says, with the version of its pack."""
    shown = {"title": row.title.said_in(language()), "policy": row.policy, "version": row.policy_version}
    if row.result == "not_in_force":
        return _("{policy} {version}, {title}: not in force at the time of the contract").format(**shown)
    if row.until is None:
        return _("{policy} {version}, {title}: cannot be judged without a date").format(**shown)
    if row.result == "over":
        return _("{policy} {version}, {title}: ended {date}").format(**shown, date=formats.day(row.until))
    said = _("{policy} {version}, {title}: to {date}").format(**shown, date=formats.day(row.until))
    why = layer_reason(row)
    return C_("layer", "{said}, {why}").format(said=said, why=why) if why else said


def layer_reason(row: LayerRow) -> str:
    """Why a layer won or lost against the others; empty when that is said by its result."""
    reason = row.reason
    if reason is None:
        return ""
    match reason.code:
        case "longest":
            return (
                _("the longest for {remedies}").format(remedies=_list(row.best_for)) if row.best_for else ""
            )
        case "shorter":
            return _("{days} shorter").format(days=formats.days(count(reason.values.get("days"))))
        case "as_long":
            return _("as long, asked later")
        case "other_part":
            return _("about another part")
        case "excluded":
            return _("charged for this cause")
        case "proof_missing":
            return _("proof is missing")
        case "used_up":
            return _("over by use")
    return ""


def _list(remedies: tuple[Remedy, ...]) -> str:
    said = label(remedies[0])
    for remedy in remedies[1:-1]:
        said = C_("list", "{first}, {second}").format(first=said, second=label(remedy))
    if len(remedies) > 1:
        said = C_("list", "{first} and {second}").format(first=said, second=label(remedies[-1]))
    return said


def absent_layers(verdict: Verdict) -> tuple[tuple[Layer, str], ...]:
    """The layers nobody has given anything on, with the sentence that says so."""
    there = {row.layer for row in verdict.layers}
    said = {
        Layer.MAKER: _("no promise of the maker on file"),
        Layer.SELLER: _("no promise of the seller on file"),
        Layer.CONTRACT: _("no maintenance contract"),
    }
    return tuple((layer, words) for layer, words in said.items() if layer not in there)


def disclaimer() -> str:
    """The sentence that stands under every explanation."""
    return _("Information for the shop, not legal advice.")


def length_words(reason: Reason) -> str:
    """A length as people say it: ``1 year``, ``6 months``, ``7 days``."""
    years, months, days = (count(reason.values.get(unit)) for unit in ("years", "months", "days"))
    said = []
    if years:
        said.append(ngettext("{n} year", "{n} years", years).format(n=years))
    if months:
        said.append(ngettext("{n} month", "{n} months", months).format(n=months))
    if days or not said:
        said.append(formats.days(days))
    return " ".join(said)


def _step(verdict: Verdict, step: Reason, category: str) -> StepWords:
    values, clause = step.values, clause_words(verdict, str(step.values.get("clause", "")))
    shown = formats.day_weekday(day) if isinstance(day := values.get("date"), date) else ""
    match step.code:
        case "start":
            note = _("{basis}, the date this rule counts from").format(
                basis=label(StartBasis(str(values["basis"])))
            )
            if (later := count(values.get("plus_days"))) > 0:
                note = _("{days} after it was made, because the papers are lost").format(
                    days=formats.days(later)
                )
            return StepWords(C_("step", "Start"), shown, note, clause)
        case "length":
            note = C_("step", "{part}, {category}").format(
                part=part_word(str(values["scope"])), category=category
            )
            return StepWords(C_("step", "Length"), length_words(step), note, clause)
        case "nominal_end":
            note = (
                _("start day counted, last day included")
                if values.get("start_day_counted")
                else _("start day not counted, last day included")
            )
            return StepWords(C_("step", "Nominal end"), shown, note, clause)
        case "extended":
            months = count(values.get("months"))
            value = ngettext("+ {n} month", "+ {n} months", months).format(n=months)
            note = (
                _("because it was repaired: {date}").format(date=shown)
                if values.get("chosen", True)
                else _("because it was repaired: {date}, not added to the longer one").format(date=shown)
            )
            return StepWords(C_("step", "Longer"), value, note, clause)
        case "pause":
            days = count(values.get("days"))
            value = ngettext("+ {n} day", "+ {n} days", days).format(n=days)
            dates = {"start": day_words(values.get("start")), "end": day_words(values.get("end"))}
            rules = {
                "both_inclusive": _("in repair {start} to {end}, both days counted"),
                "ceil_24h": _("in repair {start} to {end}, begun 24 hours counted"),
            }
            note = rules.get(str(values.get("rule")), _("in repair {start} to {end}, out minus in"))
            return StepWords(C_("step", "Pause"), value, note.format(**dates), clause)
        case "exchange_floor":
            least = formats.days(count(values.get("days")))
            return StepWords(
                C_("step", "Exchanged"),
                shown,
                _("at least {days} from the exchange").format(days=least),
                clause,
            )
        case "usage":
            return StepWords(C_("step", "Usage"), _usage_limit(step), _usage_note(step), clause)
        case "repaired":
            return StepWords(
                C_("step", "Handed back"), shown, _("the guarantee of the repair begins"), clause
            )
        case "sum":
            return StepWords(C_("step", "Sum"), shown, "", "")
        case "rest_day":
            value = C_("answer", "yes") if values.get("rolled") else C_("answer", "no")
            return StepWords(C_("step", "Rest day?"), value, _rest_note(step), clause)
        case "effective_end":
            left = values.get("days_left")
            note = _("over") if left is None else _days_left(count(left))
            return StepWords(C_("step", "Effective end"), shown, note, "")
    return StepWords(step.code, shown, "", clause)


def _usage_limit(step: Reason) -> str:
    limit, unit = count(step.values.get("limit")), step.values.get("unit", "")
    return f"{formats.number(limit)} {unit}"


def _usage_note(step: Reason) -> str:
    if "have" not in step.values:
        return _("whichever comes first; the reading is not known")
    return _("whichever comes first; the reading is {n}").format(n=formats.number(count(step.values["have"])))


def _rest_note(step: Reason) -> str:
    year = step.values.get("year")
    if not step.values.get("official"):
        return _("rest days of {year} are not published yet, weekends only").format(year=year)
    if step.values.get("rolled"):
        return _("a rest day in the official calendar {year}: the next working day counts").format(year=year)
    return _("a working day in the official calendar {year}").format(year=year)


def _days_left(n: int) -> str:
    return ngettext("{n} day left", "{n} days left", n).format(n=formats.number(n))
