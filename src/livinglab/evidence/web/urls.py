from django.urls import path

from livinglab.evidence.web import adding, files, library, piece

app_name = "evidence"

urlpatterns = [
    path("regions/<str:code>/evidence/", library.library, name="library"),
    path("regions/<str:code>/evidence/new/", adding.add, name="add"),
    path("regions/<str:code>/evidence/<uuid:piece_id>/", piece.piece, name="piece"),
    path("regions/<str:code>/evidence/<uuid:piece_id>/file/", files.file, name="file"),
    path("regions/<str:code>/evidence/<uuid:piece_id>/preview/", files.preview, name="preview"),
    path("regions/<str:code>/evidence/<uuid:piece_id>/revise/", adding.revise, name="revise"),
    path("regions/<str:code>/evidence/<uuid:piece_id>/describe/", piece.describe, name="describe"),
    path("regions/<str:code>/evidence/<uuid:piece_id>/classify/", piece.classify, name="classify"),
    path("regions/<str:code>/evidence/<uuid:piece_id>/review/", piece.review, name="review"),
    path("regions/<str:code>/evidence/<uuid:piece_id>/withdraw/", piece.withdraw, name="withdraw"),
]
