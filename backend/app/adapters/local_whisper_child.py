"""The child process that has a Whisper model in memory."""

import io
from pathlib import Path
from typing import Any

from app.adapters.child_side import serve


class _Model:
    """A model, and what it hears."""

    def __init__(self) -> None:
        self._whisper: Any = None

    def handle(self, request: dict[str, Any], payload: bytes) -> dict[str, Any]:
        """Load the model, or transcribe."""
        if "model" in request:
            return self._load(request["model"], request["threads"])
        try:
            return self._hear(request["language"], request["prompt"], payload)
        # One sound that it trips over must not cost the model.
        except Exception as error:  # noqa: BLE001
            return {"failed": f"{type(error).__name__}: {error}"}

    def _load(self, model: str, threads: int) -> dict[str, Any]:
        try:
            # Half a second, and only there where it was asked for.
            from faster_whisper import WhisperModel  # noqa: PLC0415
        except ImportError as error:
            return {"missing": f"pip install 'videothek[whisper]' brings what is missing ({error})"}
        if _looks_like_path(model) and not Path(model).expanduser().is_dir():
            return {"missing": f"there is no folder {model}"}
        try:
            self._whisper = WhisperModel(
                str(Path(model).expanduser()) if _looks_like_path(model) else model,
                # Graphics processors need libraries whose absence ends the process.
                device="cpu",
                compute_type="int8",
                cpu_threads=threads,
            )
        # Unknown names, no network, files that are no model: as many kinds of errors as libraries.
        except Exception as error:  # noqa: BLE001
            return {"missing": f"{model} can't be loaded: {type(error).__name__}: {error}"[:500]}
        return {"is_loaded": True}

    def _hear(self, language: str | None, prompt: str, sound: bytes) -> dict[str, Any]:
        code = (language or "").partition("-")[0].lower()
        segments, info = self._whisper.transcribe(
            io.BytesIO(sound),
            language=code if code in self._whisper.supported_languages else None,
            initial_prompt=prompt or None,
            word_timestamps=True,
            # What was heard wrong once must not be heard again and again.
            condition_on_previous_text=False,
            # Silence costs nothing, and no words are invented for it.
            vad_filter=True,
        )
        heard = list(segments)
        return {
            "language": info.language,
            "segments": [
                [
                    round(segment.start, 3),
                    round(segment.end, 3),
                    segment.text.strip(),
                    segment.avg_logprob,
                    segment.no_speech_prob,
                    segment.compression_ratio,
                ]
                for segment in heard
            ],
            "words": [
                [round(word.start, 3), round(word.end, 3), word.word.strip()]
                for segment in heard
                for word in segment.words or ()
            ],
        }


def _looks_like_path(model: str) -> bool:
    return Path(model).is_absolute() or model.startswith((".", "~")) or Path(model).is_dir()


if __name__ == "__main__":
    serve(_Model().handle)
