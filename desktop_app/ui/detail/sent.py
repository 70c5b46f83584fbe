"""What left this computer for an answer, and what the check of faces found."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.estimates import Estimate, Face, Sent
from desktop_app.core.text import plain
from desktop_app.ui.panels.buttons import label
from desktop_app.ui.phrases import file_size, grouped, percent

translate = QCoreApplication.translate

_MOST_LINES = 20


class CloudNotes(QWidget):
    """Two paragraphs under the answer; empty ones are hidden, and so is all of it offline."""

    def __init__(self) -> None:
        super().__init__()
        self._faces_heading = label(translate("Sent", "Faces"), "heading")
        self._faces = label("", wrap=True)
        self._sent_heading = label(translate("Sent", "What was sent"), "heading")
        self._sent = label("", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self._faces_heading, self._faces, self._sent_heading, self._sent):
            layout.addWidget(widget)

    @property
    def faces_text(self) -> str:
        """What is said of faces."""
        return self._faces.text()

    @property
    def sent_text(self) -> str:
        """What is said to have been sent."""
        return self._sent.text()

    def show_estimate(self, estimate: Estimate | None) -> None:
        """Show what belongs to an estimate, or nothing."""
        faces = "" if estimate is None else faces_words(estimate)
        sent = "" if estimate is None or estimate.sent is None else sent_words(estimate.sent)
        for heading, text, words in (
            (self._faces_heading, self._faces, faces),
            (self._sent_heading, self._sent, sent),
        ):
            text.setText(words)
            heading.setVisible(bool(words))
            text.setVisible(bool(words))
        self.setVisible(bool(faces or sent))


def sent_words(sent: Sent) -> str:
    """Two sentences: what went where, and whether it was the original."""
    what = translate("Sent", "{size} as {format}, {width} × {height} pixels, to {host}.").format(
        size=file_size(sent.bytes),
        format=plain(sent.format, 20),
        width=grouped(sent.width),
        height=grouped(sent.height),
        host=plain(sent.host, 200),
    )
    if sent.reencoded:
        why = translate("Sent", "It was re-encoded for sending, which can move the score.")
        return f"{what} {why} {translate('Sent', sent.reason) if sent.reason else ''}".strip()
    return f"{what} {translate('Sent', 'It was the original, without its metadata.')}"


def faces_words(estimate: Estimate) -> str:
    """One line a face; empty when faces were not checked."""
    if estimate.faces_problem:
        return translate("Sent", "The check of faces failed: {why}").format(why=plain(estimate.faces_problem, 300))
    if estimate.faces is None:
        return ""
    if not estimate.faces:
        return translate("Sent", "No face to check.")
    lines = [_face_words(number, face) for number, face in enumerate(estimate.faces[:_MOST_LINES], start=1)]
    if len(estimate.faces) > _MOST_LINES:
        rest = len(estimate.faces) - _MOST_LINES
        lines.append(translate("Sent", "… and {n} more").format(n=grouped(rest)))
    return "\n".join(lines)


def _face_words(number: int, face: Face) -> str:
    return translate("Sent", "Face {n}: {score} swapped or made, says the model.").format(
        n=number, score=percent(face.score)
    )
