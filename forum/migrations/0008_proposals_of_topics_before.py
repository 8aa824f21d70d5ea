"""Topics of this kind were there before proposals had fields of their own."""

from typing import Any

from django.db import migrations


def give_each_its_proposal(apps: Any, editor: Any) -> None:
    Topic, Post = apps.get_model("forum", "Topic"), apps.get_model("forum", "Post")
    Proposal, Step = apps.get_model("forum", "Proposal"), apps.get_model("forum", "ProposalStep")
    for topic in Topic.objects.filter(kind="proposal", proposal=None).iterator(chunk_size=200):
        first = Post.objects.filter(topic=topic).order_by("id").first()
        proposal = Proposal.objects.create(
            topic=topic, proposal=first.source if first else "", submitted_at=topic.started_at
        )
        Step.objects.create(proposal=proposal, status="submitted", by_id=topic.author_id, at=topic.started_at)


class Migration(migrations.Migration):
    dependencies = [("forum", "0007_proposals")]

    operations = [migrations.RunPython(give_each_its_proposal, migrations.RunPython.noop)]
