"""Links that are typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.core.sources import Source
from desktop_app.core.text import plain
from desktop_app.intake.paths import sources_from_paths
from desktop_app.ui.dialogs.fitted import FittedDialog
from desktop_app.ui.panels.buttons import label, push

_LETTERS = 76
_STARTS = ("http://", "https://", "data:image/")


class AddLinkDialog(FittedDialog):
    """One link a line; what is none is said, and nothing is added then."""

    entered = Signal(object)
    """The sources."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_LETTERS, parent)
        self.setWindowTitle(self.tr("Add link"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(self.tr("Links, one a line"))
        self.field.setPlaceholderText("https://…")
        self.field.setTabChangesFocus(True)
        self.field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.field.setFixedHeight(round(self.fontMetrics().height() * 5.5))
        self._problem = label("", "strong", wrap=True)
        self._problem.hide()
        self.add = push(self.tr("Add"), "primary")
        self.add.clicked.connect(self._take)
        cancel = push(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        about = self.tr("Links to pictures, one a line. Telltale downloads them, in offline mode too.")
        layout.addWidget(label(about, wrap=True))
        layout.addWidget(self.field)
        layout.addWidget(self._problem)
        layout.addLayout(buttons)
        self.add.setEnabled(False)
        self.field.textChanged.connect(self._on_typed)

    @property
    def problem(self) -> str:
        """What is wrong with the lines, as shown."""
        return self._problem.text() if not self._problem.isHidden() else ""

    def _on_typed(self) -> None:
        self.add.setEnabled(bool(self.field.toPlainText().strip()))
        self._problem.hide()

    def _take(self) -> None:
        links = [_completed(line.strip()) for line in self.field.toPlainText().splitlines() if line.strip()]
        wrong = [link for link in links if not link.casefold().startswith(_STARTS)]
        if wrong:
            self._problem.setText(
                self.tr("This is not a link that Telltale can open: {link}").format(link=plain(wrong[0], 80))
            )
            self._problem.show()
            return
        sources: list[Source] = sources_from_paths(links)
        self.accept()
        self.entered.emit(sources)


def _completed(line: str) -> str:
    """``example.org/cat.jpg`` is what people read out to each other."""
    host, slash, _ = line.partition("/")
    if slash and "." in host.strip(".") and ":" not in host and not host.startswith("\\") and " " not in host:
        return f"https://{line}"
    return line
