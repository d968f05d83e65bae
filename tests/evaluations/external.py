"""A region whose self-assessment was sent, quickly: its answers are stored as if they had gone through every hand."""

from decimal import Decimal

from livinglab.accounts.models import User
from livinglab.evaluations.domain.opinions import Opinion
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Score
from livinglab.evaluations.operations import process, scores
from livinglab.evaluations.operations.scores import Scored
from livinglab.evaluations.queries.raters import Raters, raters
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.kit import AT, SPBE, Region, answer_everything, open_round, send


def sent(wanted: object = SPBE, code: str = "14.08", level: int = 3, **levels: int) -> Region:
    """This function will return a region in a round with every indicator answered and sent; i21=4 differs."""
    region = open_round(wanted, code)  # type: ignore[arg-type]
    answer_everything(region, level, **levels)
    send(region)
    return region


def opinion(level: int | str | None = 2, justification: str = "Justifikasi uji.") -> Opinion:
    """This function will return what an assessor writes, with every text and without a checklist."""
    number = None if level is None else Decimal(level)
    return Opinion(number, "Fakta asesor.", "Analisis asesor.", justification, None)


def score(
    region: Region, level: int | str = 2, *, indicator: str = "21", by: User | None = None, mark: str = ""
) -> Scored:
    """This function will score an indicator as the external assessor, or as somebody else."""
    place = region.as_(by or region.external)
    return scores.score(place=place, indicator=indicator, opinion=opinion(level), mark=mark, at=AT)


def advance(region: Region, *steps: Step) -> None:
    """This function will take these steps as the external assessor."""
    for step in steps:
        process.advance(place=region.as_(region.external), step=step, at=AT)


def seen(region: Region, by: User) -> Raters:
    """This function will return both raters as somebody sees them."""
    place = region.as_(by)
    with tenancy(region.organization.id):
        found = raters(place)
    assert found is not None
    return found


def rows_of(region: Region, stage: Stage = Stage.DOCUMENT) -> list[Score]:
    """This function will return the scores of a stage."""
    with tenancy(region.organization.id):
        return list(Score.objects.filter(stage=stage))
