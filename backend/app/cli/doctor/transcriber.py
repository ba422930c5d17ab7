"""Does whoever makes captions from the sound work?"""

import importlib.util
import os
from pathlib import Path

from app.adapters.groq_http import GroqHttp
from app.cli.doctor.findings import Finding, State
from app.cli.words import plain, say, terminal_language
from app.core.errors import ErrorCode, TranscriberNotReady, UpstreamError
from app.core.messages import message_for
from app.core.settings import Settings
from app.services.enrichment.groq_transcriber import GroqTranscriber


async def transcriber(settings: Settings) -> Finding:
    """Ask it, as the application would."""
    if settings.transcriber == "off":
        return Finding(
            State.OFF,
            message_for(ErrorCode.TRANSCRIPTION_OFF, terminal_language()),
            say("doctor_off_advice"),
        )
    if settings.transcriber == "local":
        return _at_home(settings.whisper_model)
    return await _in_the_cloud(settings)


def _at_home(model: str) -> Finding:
    if importlib.util.find_spec("faster_whisper") is None:
        return Finding(State.BAD, say("doctor_no_whisper"), say("doctor_no_whisper_advice"))
    is_path = os.sep in model
    if is_path and not Path(model).expanduser().is_dir():
        sentence = message_for(ErrorCode.TRANSCRIPTION_MODEL_MISSING, terminal_language())
        return Finding(State.BAD, sentence, say("doctor_model_path_advice", name=model))
    return Finding(State.GOOD, say("doctor_home", model=Path(model).name))


async def _in_the_cloud(settings: Settings) -> Finding:
    key = settings.groq_api_key.get_secret_value() if settings.groq_api_key else ""
    groq = GroqTranscriber(GroqHttp(settings.groq_base_url, key), settings.groq_model)
    where = settings.groq_base_url
    try:
        await groq.check()
    except TranscriberNotReady as wrong:
        sentence = message_for(wrong.code, terminal_language())
        advice = (
            say("doctor_key_advice", url=where)
            if wrong.code is ErrorCode.TRANSCRIPTION_KEY_INVALID
            else say("doctor_model_advice", model=settings.groq_model, url=where)
        )
        return Finding(State.BAD, sentence, advice)
    except UpstreamError as failed:
        sentence = say("doctor_no_answer", url=where, reason=plain(failed.detail))
        return Finding(State.BAD, sentence, say("doctor_no_answer_advice"))
    finally:
        await groq.close()
    return Finding(State.GOOD, say("doctor_cloud", model=settings.groq_model, url=where))
