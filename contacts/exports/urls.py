"""The addresses of the export of contacts; their names are those of the room."""

urlpatterns: list[object] = []
