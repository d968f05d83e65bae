import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import livinglab.evaluations.domain.stages
import livinglab.kernel.identifiers
from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0002_tenant"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evaluation",
            name="shown_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="evaluation",
            name="shown_stage",
            field=models.CharField(
                blank=True,
                choices=[
                    (
                        livinglab.evaluations.domain.stages.Stage["DOCUMENT"],
                        livinglab.evaluations.domain.stages.Stage["DOCUMENT"],
                    ),
                    (
                        livinglab.evaluations.domain.stages.Stage["INTERVIEW"],
                        livinglab.evaluations.domain.stages.Stage["INTERVIEW"],
                    ),
                    (
                        livinglab.evaluations.domain.stages.Stage["VISIT"],
                        livinglab.evaluations.domain.stages.Stage["VISIT"],
                    ),
                    (
                        livinglab.evaluations.domain.stages.Stage["CONSOLIDATED"],
                        livinglab.evaluations.domain.stages.Stage["CONSOLIDATED"],
                    ),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="EvidenceVerdict",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=livinglab.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organization_id", models.UUIDField(editable=False)),
                ("indicator", models.CharField(max_length=6)),
                ("piece_id", models.UUIDField()),
                ("is_accepted", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("judged_at", models.DateTimeField()),
                ("judged_by", models.UUIDField()),
                (
                    "evaluation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="evaluations.evaluation",
                    ),
                ),
            ],
            options={
                "db_table": "evaluations_evidence_verdict",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "evaluation", "indicator", "piece_id"),
                        name="a_piece_has_one_verdict_for_an_indicator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_accepted", True), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="a_refused_proof_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatedDifference",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=livinglab.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("indicator", models.CharField(max_length=6)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            (
                                livinglab.evaluations.domain.stages.Stage["SELF"],
                                livinglab.evaluations.domain.stages.Stage["SELF"],
                            ),
                            (
                                livinglab.evaluations.domain.stages.Stage["DOCUMENT"],
                                livinglab.evaluations.domain.stages.Stage["DOCUMENT"],
                            ),
                            (
                                livinglab.evaluations.domain.stages.Stage["INTERVIEW"],
                                livinglab.evaluations.domain.stages.Stage["INTERVIEW"],
                            ),
                            (
                                livinglab.evaluations.domain.stages.Stage["VISIT"],
                                livinglab.evaluations.domain.stages.Stage["VISIT"],
                            ),
                            (
                                livinglab.evaluations.domain.stages.Stage["CONSOLIDATED"],
                                livinglab.evaluations.domain.stages.Stage["CONSOLIDATED"],
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("self_level", models.DecimalField(decimal_places=2, max_digits=4)),
                ("external_level", models.DecimalField(decimal_places=2, max_digits=4)),
                ("at", models.DateTimeField()),
                (
                    "assessor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="evaluations.participation",
                    ),
                ),
            ],
            options={
                "db_table": "evaluations_rated_difference",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participation", "indicator"),
                        name="an_indicator_is_compared_once_in_a_participation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assessor__isnull", True), ("stage", "self")),
                            models.Q(models.Q(("stage", "self"), _negated=True), ("assessor__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_an_assessor_scored_names_the_assessor",
                    ),
                ],
            },
        ),
        tenant_table("evaluations_evidence_verdict", references={"evaluation_id": "evaluations_evaluation"}),
    ]
