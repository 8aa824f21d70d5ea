"""Proposals as open data, row by row: only what everybody may read, whoever asks. Names of people aren't in it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone

from common import vocabulary
from common.spreadsheets import csv_lines
from forum import rules
from forum.enums import Status
from forum.models import Proposal

LICENCE = "CC BY 4.0"
DATED = (Status.CHECKED, Status.COLLECTING, Status.REVIEW, Status.ACCEPTED, Status.DECLINED, Status.DOING, Status.DONE)


def record(proposal: Proposal) -> dict[str, Any]:
    topic, answer = proposal.topic, getattr(proposal, "answer", None)
    slug = proposal.district.slug if proposal.district else ""
    steps = {step.status: step.at for step in proposal.steps.all()}
    return {
        "number": proposal.pk,
        "url": settings.BASE_URL + topic.own_url(),
        "title": topic.title,
        "language": topic.language,
        "board": rules.board_of(topic).slug,
        "district": slug,
        "district_name": vocabulary.name("district", slug) if slug else "",
        "tags": sorted(tag.name for tag in topic.tags.all()),
        "problem": proposal.problem,
        "proposal": proposal.proposal,
        "benefits": proposal.benefits,
        "status": proposal.status,
        "supports": proposal.supports,
        "threshold": proposal.threshold,
        "comments": topic.replies,
        "submitted": _moment(proposal.submitted_at),
        **{status.value: _moment(steps.get(status)) for status in DATED},
        "collecting_until": _moment(proposal.collect_until),
        "days_waiting": proposal.days_waiting,
        "answered": _moment(answer.answered_at) if answer else None,
        "answered_by": answer.body if answer else "",
        "answer": answer.source if answer else "",
        "document": answer.document_url if answer else "",
        "merged_into": proposal.merged_into_id,
    }


def as_csv(found: Iterable[Proposal]) -> Iterator[str]:
    return csv_lines(record_fields(), (record(proposal).values() for proposal in found))


def as_json(found: Iterable[Proposal]) -> Iterator[str]:
    head = {"licence": LICENCE, "generated": _moment(timezone.now())}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "proposals": ['
    for number, proposal in enumerate(found):
        yield (",\n" if number else "\n") + json.dumps(record(proposal), ensure_ascii=False)
    yield "\n]}\n"


def record_fields() -> list[str]:
    return [
        *("number", "url", "title", "language", "board", "district", "district_name", "tags"),
        *("problem", "proposal", "benefits", "status", "supports", "threshold", "comments", "submitted"),
        *(status.value for status in DATED),
        *("collecting_until", "days_waiting", "answered", "answered_by", "answer", "document", "merged_into"),
    ]


def _moment(value: Any) -> str | None:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None
