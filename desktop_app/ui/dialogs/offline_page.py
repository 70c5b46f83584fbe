"""The settings' page of the offline models: which one answers, and the folder of the user's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.core.errors import TelltaleError
from desktop_app.core.text import plain
from desktop_app.detectors.contradictions import AUTO, AUTO_EXPERIMENTAL
from desktop_app.detectors.shelf import ShelvedModel
from desktop_app.system.settings import Settings
from desktop_app.ui.dialogs.model_row import ModelRow
from desktop_app.ui.panels.buttons import label, push


class OfflinePage(QWidget):
    """Gives its values back with the dialog; the cards are read by whoever hears :attr:`listing_asked`.

    Attributes:
        rows: what can be chosen, as shown.
    """

    listing_asked = Signal(str)
    """A folder, or "": :meth:`show_models` or :meth:`show_problem` is wanted for it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._choice = settings.model
        self._folder = settings.models_folder
        self.rows: list[ModelRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._group = QButtonGroup(self)
        self._problem = label("", "strong", wrap=True)
        self._where = label("", wrap=True)
        self.choose = push(self.tr("Choose folder…"))
        self.choose.clicked.connect(self._choose_folder)
        self.open = push(self.tr("Open"), described=self.tr("Open the folder of your own models"))
        self.open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder)))
        self.forget = push(self.tr("Forget"), described=self.tr("Forget the folder of your own models"))
        self.forget.clicked.connect(lambda: self.use_folder(""))
        self._lay_out()
        self.show_settings(settings)

    @property
    def problem(self) -> str:
        """Why the folder can't be read, as shown."""
        return self._problem.text()

    def showEvent(self, event: QShowEvent) -> None:
        """Time to read the cards; not before, since few people come here."""
        super().showEvent(event)
        self.listing_asked.emit(self._folder)

    def show_settings(self, settings: Settings) -> None:
        """Show another choice and another folder."""
        self._choice = settings.model
        self._show_folder(settings.models_folder)

    def use_folder(self, folder: str) -> None:
        """Look for own models in another folder; what was chosen from the old one is given up."""
        if folder != self._folder:
            own = {row.choice for row in self.rows if row.own}
            self._choice = AUTO if self._choice in own else self._choice
            self._show_folder(folder)

    def show_models(self, folder: str, models: Sequence[ShelvedModel]) -> None:
        """List what there is in the program and in ``folder``."""
        if isValid(self) and folder == self._folder:
            self._show_rows([*self._automatic(models), *map(self._row_of, models)])

    def show_problem(self, folder: str, error: TelltaleError) -> None:
        """Say why ``folder`` can't be read; the choice stays as it is."""
        if isValid(self) and folder == self._folder:
            self._show_rows([*self._automatic(())])
            self._problem.setText(f"{error.message} {error.hint}")
            self._problem.show()

    def changed(self, base: Settings) -> Settings:
        """``base`` with what was chosen here."""
        return msgspec.structs.replace(base, model=self._choice, models_folder=self._folder)

    def _show_folder(self, folder: str) -> None:
        self._folder = folder
        self._where.setText(
            plain(folder) if folder else self.tr("None. A model is a file name.onnx with its card, name.json.")
        )
        self.open.setVisible(bool(folder))
        self.forget.setVisible(bool(folder))
        if self.isVisible():
            self.listing_asked.emit(folder)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of your own models"), self._folder)
        if folder:
            self.use_folder(folder)

    def _show_rows(self, rows: Sequence[ModelRow]) -> None:
        self._problem.hide()
        self._problem.setText("")
        for old in self.rows:
            self._group.removeButton(old.button)
            self._lines.removeWidget(old)
            old.deleteLater()
        listed = any(row.choice == self._choice for row in rows)
        self.rows = [*rows] if listed else [*rows, self._missing()]
        for row in self.rows:
            self._group.addButton(row.button)
            self._lines.addWidget(row)
            row.button.setChecked(row.choice == self._choice)
            row.button.toggled.connect(lambda on, choice=row.choice: self._on_chosen(choice, on=on))

    def _on_chosen(self, choice: str, *, on: bool) -> None:
        if on:
            self._choice = choice

    def _automatic(self, models: Sequence[ShelvedModel]) -> Iterator[ModelRow]:
        bundled = [model for model in models if not model.own and model.card]
        ready = [model for model in bundled if model.card and not model.card.experimental]
        yield ModelRow(AUTO, self.tr("Automatic"), self._about_all(ready))
        if len(ready) < len(bundled) or self._choice == AUTO_EXPERIMENTAL:
            title = self.tr("Automatic, with what is still experimental")
            yield ModelRow(AUTO_EXPERIMENTAL, title, self._about_all(bundled))

    def _about_all(self, models: Sequence[ShelvedModel]) -> str:
        each = self.tr("{model} for {pictures}")
        parts = [each.format(model=model.title, pictures=_pictures(model)) for model in models]
        about = self.tr("By the picture's size: {models}. Others are outside the range.").format(
            models="; ".join(parts)
        )
        return about if parts else ""

    def _row_of(self, model: ShelvedModel) -> ModelRow:
        card, available = model.card, model.availability
        about = self.tr("{file}, for {pictures}. Licence: {licence}.") if card else self.tr("{file}")
        text = about.format(file=model.file, pictures=_pictures(model), licence=card.licence if card else "")
        why_not = "" if available.ready else f"{available.why_not} {available.way_out}"
        title = self.tr("{model} (experimental)") if card and card.experimental else self.tr("{model}")
        return ModelRow(model.name, title.format(model=model.title), text, why_not, own=model.own)

    def _missing(self) -> ModelRow:
        by_path = any(sign in self._choice for sign in "/\\.")
        about = self.tr("Chosen by its path.") if by_path else self.tr("There is no such model here any more.")
        return ModelRow(self._choice, plain(self._choice, 80), about)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(6)
        layout.addWidget(label(self.tr("Which model answers"), "heading"))
        layout.addLayout(self._lines)
        layout.addWidget(self._problem)
        layout.addWidget(label(self.tr("Folder of your own models"), "heading"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._where, 1)
        for button in (self.choose, self.open, self.forget):
            row.addWidget(button)
        layout.addLayout(row)
        about = self.tr(
            "A model is a program, and how good it is, its card alone says: choose only what you trust. Telltale "
            "runs models of your own in a process apart, with bounded memory and time."
        )
        layout.addWidget(label(about, "muted", wrap=True))
        layout.addStretch(1)


def _pictures(model: ShelvedModel) -> str:
    return model.card.range.words() if model.card else ""
