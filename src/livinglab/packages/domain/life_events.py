"""The events in a life or a business for which people look for a service: a closed list. docs/package-format.md 2.

They follow the first level of the life events, and the business events, of the European core vocabulary for public
services (CPSV-AP, ISA action 1.3, controlled vocabularies of 2016), left together where a region's services do not
tell them apart. Two are ours, because regions have services for them: `hardship` and `public_affairs`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.words import Words


class LifeEvent(StrEnum):
    """What happens to somebody who then needs a service, in the order in which a life meets it."""

    HAVING_A_CHILD = "having_a_child"
    IDENTITY_PAPERS = "identity_papers"
    EDUCATION = "education"
    WORK = "work"
    PARTNERSHIP = "partnership"
    HOME = "home"
    MOVING = "moving"
    VEHICLE = "vehicle"
    HEALTH = "health"
    DISABILITY = "disability"
    HARDSHIP = "hardship"
    EMERGENCY = "emergency"
    LEGAL_MATTERS = "legal_matters"
    AGEING = "ageing"
    DEATH = "death"
    STARTING_A_BUSINESS = "starting_a_business"
    RUNNING_A_BUSINESS = "running_a_business"
    CLOSING_A_BUSINESS = "closing_a_business"
    PUBLIC_AFFAIRS = "public_affairs"


LIFE_EVENTS: Final[Mapping[LifeEvent, Words]] = {
    LifeEvent.HAVING_A_CHILD: Words("Anak lahir dan tumbuh", "A child is born and grows up"),
    LifeEvent.IDENTITY_PAPERS: Words("Mengurus KTP, KK, dan akta", "Papers about who one is"),
    LifeEvent.EDUCATION: Words("Sekolah dan kuliah", "Going to school or university"),
    LifeEvent.WORK: Words("Mencari atau kehilangan pekerjaan", "Looking for work or losing it"),
    LifeEvent.PARTNERSHIP: Words("Menikah atau bercerai", "Marrying or divorcing"),
    LifeEvent.HOME: Words("Tempat tinggal dan tanah", "A place to live, and land"),
    LifeEvent.MOVING: Words("Pindah rumah", "Moving"),
    LifeEvent.VEHICLE: Words("Kendaraan dan perjalanan", "Vehicles and travel"),
    LifeEvent.HEALTH: Words("Sakit dan berobat", "Being ill"),
    LifeEvent.DISABILITY: Words("Hidup dengan disabilitas", "Living with a disability"),
    LifeEvent.HARDSHIP: Words("Kesulitan ekonomi", "Financial hardship"),
    LifeEvent.EMERGENCY: Words("Keadaan darurat dan bencana", "Emergencies and disasters"),
    LifeEvent.LEGAL_MATTERS: Words("Berurusan dengan hukum", "Matters of law"),
    LifeEvent.AGEING: Words("Pensiun dan lanjut usia", "Retiring and growing old"),
    LifeEvent.DEATH: Words("Ada yang meninggal", "Somebody has died"),
    LifeEvent.STARTING_A_BUSINESS: Words("Membuka usaha", "Opening a business"),
    LifeEvent.RUNNING_A_BUSINESS: Words("Menjalankan usaha", "Running a business"),
    LifeEvent.CLOSING_A_BUSINESS: Words("Menutup usaha", "Closing a business"),
    LifeEvent.PUBLIC_AFFAIRS: Words(
        "Bertanya kepada pemerintah atau mengadu", "Asking the government, or complaining"
    ),
}
