"""A publication of a call as plain values for the typesetter: proofs from what was handed in, the book from proofs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings

from secretariat.foundation.audit.queries import latest_head, sealed_pledges
from secretariat.record.publications.actions import Proof
from secretariat.record.publications.models import Publication
from secretariat.record.publications.queries import printed_entries
from secretariat.record.publications.typesetting.book import (
    Applicant,
    Bilingual,
    Book,
    Colophon,
    Contributor,
    Entry,
    Level,
    Name,
    Section,
    Stage,
)
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import host
from secretariat.registry.places.models import Place, Wording
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls.models import Applicant as JointApplicant
from secretariat.summit.calls.models import Call, SubmissionCountry, Version
from secretariat.summit.calls.models import Stage as CallStage
from secretariat.summit.honours.models import Honour
from secretariat.summit.review.models import StageList
from secretariat.summit.review.queries import handed_on

# The section of the entries that name no field; it comes last.
NO_FIELD = Bilingual("Other fields", "其他领域")


def proofs_of(stage: CallStage) -> list[Proof]:
    """Return the proof of each item that a decided list hands on: the public fields of its latest version."""
    order = list(handed_on(stage) or {})
    submissions = {
        s.ref.number: s
        for s in stage.call.submissions.filter(ref__number__in=order).select_related("ref", "topic", "person")
    }
    chosen = [submissions[number] for number in order if submissions[number].state != "withdrawn"]
    contents = {
        v.submission_id: v.content
        for v in Version.objects.filter(submission__in=chosen).order_by("number").defer("salt")
    }
    shown = {f.key for f in stage.call.formfields.all() if f.confidentiality == "public"}
    applicants = _applicants(chosen)
    used = _places_of_use(chosen)
    return [
        Proof(
            item_id=s.ref_id,
            content={
                **{key: value for key, value in contents[s.pk].items() if key in shown},
                "ref": s.ref.number,
                "applicants": applicants[s.pk],
                "used_in": used.get(s.pk, []),
            },
            accounts=[s.person.account_id] if s.person.account_id else [],
        )
        for s in chosen
    ]


def _applicants(submissions: list[Any]) -> dict[Any, list[str]]:
    """Submission -> ids of its applicant organisations, the first one leading."""
    found = {s.pk: [str(s.organisation_id)] if s.organisation_id else [] for s in submissions}
    for row in JointApplicant.objects.filter(submission__in=submissions).order_by("created_at", "pk"):
        found[row.submission_id].append(str(row.organisation_id))
    return found


def _places_of_use(submissions: list[Any]) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    rows = SubmissionCountry.objects.filter(submission__in=submissions, role="use")
    for submission, code in rows.order_by("place__sort_en").values_list("submission", "place__alpha2"):
        found.setdefault(submission, []).append(code)
    return found


def book_of(call: Call, publication: Publication, *, published_on: date) -> Book:
    """Return the book of a publication: the entries that may be printed, by field, and how they were chosen."""
    served, wording = host(), Wording.objects.first()
    head = latest_head()
    return Book(
        title=Bilingual(publication.title_en, publication.title_zh),
        subtitle=Bilingual(publication.subtitle_en, publication.subtitle_zh),
        edition=Bilingual(call.edition.title_en, call.edition.title_zh),
        publisher=Bilingual(served.organisation.name_en, served.organisation.name_zh)
        if served
        else Bilingual(),
        published_on=published_on,
        list_hash=publication.list_digest,
        sections=_sections(call, publication),
        levels=_levels(call),
        stages=_stages(call),
        colophon=Colophon(
            command=f"secretariat selection verify {call.key}.zip --head head.txt",
            url=f"{settings.SITE_URL}/selections/{call.key}/",
            head=head.note if head else "",
        ),
        simulated=publication.simulated,
        simulated_text=Bilingual(served.simulated_en, served.simulated_zh) if served else Bilingual(),
        non_affiliation=Bilingual(served.disclaimer_en, served.disclaimer_zh) if served else Bilingual(),
        **({"place_label": Bilingual(wording.one_en, wording.one_zh)} if wording else {}),
    )


def _sections(call: Call, publication: Publication) -> tuple[Section, ...]:
    entries = printed_entries(publication)
    places = {place.alpha2: Name(place.name_en, place.name_zh) for place in Place.objects.all()}
    ids = {pk for entry in entries for pk in entry.content["applicants"]}
    organisations = {str(o.pk): o for o in Organisation.objects.filter(pk__in=ids).select_related("country")}
    topics = {topic.key: topic for topic in Topic.objects.order_by("position", "key")}
    levels = {h.submission.ref_id: h.level for h in _honours(call)}
    by_topic: dict[str, list[Entry]] = {key: [] for key in [*topics, ""]}
    for entry in entries:
        key = entry.content.get("topic", "")
        key = key if key in topics else ""
        applicants = tuple(_applicant(organisations[pk]) for pk in entry.content["applicants"])
        by_topic[key].append(
            _entry(entry.content, topics.get(key), applicants, places, levels.get(entry.item_id, ""))
        )
    names = {key: _names(topic) for key, topic in topics.items()} | {"": NO_FIELD}
    return tuple(Section(names[key], tuple(rows)) for key, rows in by_topic.items() if rows)


def _entry(
    content: Mapping[str, Any], topic: Topic | None, applicants: tuple[Applicant, ...], places: Mapping[str, Name],
    level: str,
) -> Entry:  # fmt: skip
    return Entry(
        ref=content["ref"],
        title=_text(content.get("title")),
        field=_names(topic) if topic else Bilingual(),
        applicants=applicants,
        summary=_text(content.get("summary")),
        countries_of_use=tuple(places[code] for code in content["used_in"]),
        contributors=tuple(_contributor(row) for row in content.get("contributors") or []),
        level=level,
        url=content.get("website") or "",
    )


def _names(topic: Topic) -> Bilingual:
    """Both names of a topic; once, where they are the same (IPv6)."""
    return Bilingual(topic.name_en, topic.name_zh if topic.name_zh != topic.name_en else "")


def _text(value: Any) -> Bilingual:
    return Bilingual((value or {}).get("en", ""), (value or {}).get("zh", ""))


def _applicant(organisation: Organisation) -> Applicant:
    place = organisation.country
    return Applicant(
        Name(organisation.name_en, organisation.name_zh),
        Name(place.name_en, place.name_zh) if place else Name(),
    )


def _contributor(row: Mapping[str, str]) -> Contributor:
    return Contributor(
        Name(row.get("name_en", ""), row.get("name_zh", ""), row.get("sort", "")),
        Name(row.get("organisation_en", ""), row.get("organisation_zh", "")),
    )


def _honours(call: Call) -> list[Honour]:
    """What was conferred: before that an honour is in confidence, and a set book is public."""
    return list(
        Honour.objects.filter(submission__call=call, state="conferred")
        .select_related("submission")
        .order_by("position")
    )


def _levels(call: Call) -> tuple[Level, ...]:
    stage = call.stages.filter(kind="levels").order_by("position").last()
    declared = stage.levels if stage else []
    return tuple(
        Level(level["key"], Bilingual(level["en"], level["zh"]), "solid" if number == 0 else "open")
        for number, level in enumerate(declared)
    )


def _stages(call: Call) -> tuple[Stage, ...]:
    collected = call.submissions.exclude(state="draft").count()
    rows = [
        Stage(Bilingual("Collected", "征集"), Bilingual("Everything handed in", "全部有效提交"), collected)
    ]
    pledged = {
        (s.pledge.payload["kind"], s.pledge.payload["stage"]): s.index for s in sealed_pledges([call.pk])
    }
    for stage in call.stages.order_by("position"):
        frozen = StageList.objects.filter(stage=stage).first()
        if frozen is None:
            break
        outcomes = handed_on(stage) or {}
        split = tuple(
            (level["key"], sum(outcome == level["key"] for outcome in outcomes.values()))
            for level in stage.levels
        )
        rows.append(
            Stage(
                name=Bilingual(stage.label_en, stage.label_zh), rule=rule_in_words(stage), count=len(outcomes),
                frozen_on=frozen.frozen_at.date(), list_hash=frozen.digest,
                log_index=pledged.get(("list", stage.key)), split=split,
            )
        )  # fmt: skip
    return tuple(rows)


def rule_in_words(stage: CallStage) -> Bilingual:
    """Say the rule of a stage in one sentence, in both languages of the record."""
    if stage.kind == "eligibility":
        return Bilingual("All that meet the formal conditions", "符合全部形式要求者")
    if stage.kind == "levels":
        counts = " + ".join(str(level["count"]) for level in stage.levels)
        return Bilingual(f"The first {counts} of the list before", f"前一名单的前{counts}项")
    more = f", after {stage.readers} further readings of each" if stage.readers else ""
    more_zh = f"（每项新增{stage.readers}次评审）" if stage.readers else ""
    return Bilingual(
        f"The first {stage.keep} by calibrated score{more}", f"按校准得分取前{stage.keep}项{more_zh}"
    )
