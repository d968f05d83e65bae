"""The routes of casework in the public API: apply, follow, work on what waits, and how services perform."""

from ninja import Router

from livinglab.casework.api import applications, desk, files, offered, performance

router = Router()
router.add_router("", offered.router)
router.add_router("", applications.router)
router.add_router("", files.router)
router.add_router("", desk.router)
router.add_router("", performance.router)
