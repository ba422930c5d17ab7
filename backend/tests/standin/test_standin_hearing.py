"""The transcriber of the stand-in really listens to the sound it is sent."""

import io
from typing import Any

import av
import httpx
import pytest

from standin import voices
from standin.hearing import ear
from standin.server import StandIn
from standin.sound import loop_of
from standin.talk import Wish, talk_of
from tests.support.speech import ogg_of, plain_words, start_errors, word_error, words_said

TALK = "TALK_abcdef"


def sound_of(stand_in: StandIn, video_id: str, itag: int = 249) -> bytes:
    query = f"expire=4102444800&sig=x&itag={itag}&id=o-standin-{video_id}"
    return httpx.get(f"{stand_in.url}/videoplayback?{query}").content


def transcribe(stand_in: StandIn, sound: bytes, **more: Any) -> httpx.Response:
    return httpx.post(
        f"{stand_in.url}/openai/v1/audio/transcriptions",
        headers={"Authorization": "Bearer k"},
        files={"file": ("audio.ogg", sound, "audio/ogg")},
        data={
            "model": "whisper-large-v3-turbo",
            "response_format": "verbose_json",
            "timestamp_granularities[]": ["segment", "word"],
            **more,
        },
        timeout=40,
    )


@pytest.mark.parametrize(("itag", "voice"), [(139, "slt"), (249, "rms")])
def test_what_is_said_in_a_video_is_heard_with_its_times(
    stand_in: StandIn, itag: int, voice: str
) -> None:
    stand_in.set_scenario(TALK, captions="none", speech=voice, duration_seconds=20)
    said = stand_in.spoken_text(TALK, itag)

    answer = transcribe(stand_in, ogg_of(sound_of(stand_in, TALK, itag))).json()

    words = words_said(said)
    assert len(words) > 30
    assert word_error(words, plain_words(answer["text"])[: len(words)]) < 0.1
    heard = [(word["start"], word["word"]) for word in answer["words"]]
    errors = start_errors(said, heard)
    assert len(errors) > len(said) / 2
    assert max(errors) < 1
    assert answer["language"] == "English"
    assert answer["segments"][0]["no_speech_prob"] < 0.6
    assert stand_in.uploads[0].text_start.startswith(answer["text"].strip()[:20])


def test_what_is_said_again_is_known_again_at_its_place(stand_in: StandIn) -> None:
    stand_in.set_scenario(TALK, speech="slt", duration_seconds=62)
    sound = sound_of(stand_in, TALK)
    said = stand_in.spoken_text(TALK)
    transcribe(stand_in, ogg_of(sound, 0, 40.2))
    before = ear().transcribed_seconds

    answer = transcribe(stand_in, ogg_of(sound, 40.2, said[-1].end_seconds + 0.3)).json()

    assert ear().transcribed_seconds - before < 1
    words = words_said(said, 40.2)
    assert word_error(words, plain_words(answer["text"])[-len(words) :]) < 0.1
    heard = [(word["start"] + 40.2, word["word"]) for word in answer["words"]]
    assert max(start_errors([one for one in said if one.start_seconds > 40.2], heard)) < 1


def test_one_other_word_is_not_taken_for_the_same_sentence(stand_in: StandIn) -> None:
    if not voices.has_flite():
        pytest.skip("other sentences than the recorded ones need the program flite")
    for animal in ("mouse", "house"):
        stand_in.set_scenario(
            TALK, speech=f"Behind the house we saw a little {animal}.", duration_seconds=4
        )

        answer = transcribe(stand_in, ogg_of(sound_of(stand_in, TALK), 0, 4)).json()

        assert animal in plain_words(answer["text"])


def test_a_silent_video_has_no_words(stand_in: StandIn) -> None:
    stand_in.set_scenario("HUSH_abcdef", captions="none", speech="silence", duration_seconds=30)

    answer = transcribe(stand_in, ogg_of(sound_of(stand_in, "HUSH_abcdef"))).json()

    assert stand_in.spoken_text("HUSH_abcdef") == ()
    assert (answer["text"], answer["segments"], answer["words"]) == ("", [], [])


def test_the_tune_says_what_was_invented_for_its_video(stand_in: StandIn) -> None:
    stand_in.set_scenario("abcdefghijk", duration_seconds=30, language="de")

    answer = transcribe(stand_in, ogg_of(sound_of(stand_in, "abcdefghijk"), 3.3)).json()

    assert stand_in.spoken_text("abcdefghijk") == ()
    assert answer["language"] == "German"
    assert len(answer["segments"]) > 3


def test_what_is_no_sound_is_refused(stand_in: StandIn) -> None:
    answer = transcribe(stand_in, b"no sound at all")

    assert answer.status_code == 400
    assert "could not process file" in answer.json()["error"]["message"]


@pytest.mark.parametrize("fault", ["partial", "hallucination"])
def test_an_answer_can_be_wrong_as_whispers_are(stand_in: StandIn, fault: str) -> None:
    stand_in.set_scenario(TALK, speech="slt", duration_seconds=20)
    sound = ogg_of(sound_of(stand_in, TALK))
    whole = transcribe(stand_in, sound).json()
    stand_in.add_fault(kind="groq", fault=fault)

    wrong = transcribe(stand_in, sound).json()

    if fault == "partial":
        assert 0 < wrong["segments"][-1]["end"] <= wrong["duration"] / 2
        assert wrong["words"][-1]["end"] <= wrong["duration"] / 2
    else:
        assert wrong["segments"][: len(whole["segments"])] == whole["segments"]
        unheard, again, beyond = wrong["segments"][len(whole["segments"]) :]
        assert unheard["no_speech_prob"] > 0.6
        assert unheard["avg_logprob"] < -1
        assert again["compression_ratio"] > 2.8
        assert beyond["start"] > wrong["duration"]


@pytest.mark.parametrize("mime", ["audio/mp4", "audio/webm"])
def test_speech_comes_round_without_a_gap_for_hours(stand_in: StandIn, mime: str) -> None:
    wish = Wish("kal16", "kal16", 0.7)
    loop = loop_of(mime, wish)

    size = loop.size(14_400)
    parts = [loop.part(14_400, start, start + 70_001) for start in range(0, 700_000, 70_001)]
    assert b"".join(parts) == loop.part(14_400, 0, 70_001 * 10)
    assert len(loop.part(14_400, size - 100_000, size)) == 100_000

    seconds = talk_of(wish).seconds + 10
    stand_in.set_scenario(TALK, speech="kal16", duration_seconds=round(seconds))
    sound = sound_of(stand_in, TALK, 139 if mime == "audio/mp4" else 249)
    samples = voices.samples_of(io.BytesIO(sound))
    assert len(samples) / voices.RATE == pytest.approx(loop.sounds_for(round(seconds)), abs=0.1)
    again = round(talk_of(wish).seconds * voices.RATE)
    first = voices.trimmed(samples[:48_000])
    second = voices.trimmed(samples[again : again + 48_000])
    assert abs(len(first) - len(second)) < voices.RATE / 50


def test_the_recordings_say_what_flite_would_say(monkeypatch: pytest.MonkeyPatch) -> None:
    for voice in voices.VOICES:
        for sentence in voices.story_of(voice):
            recorded = voices.trimmed(voices.recorded(voice, sentence))
            assert 1 < len(recorded) / voices.RATE < 6
            if voices.has_flite():
                spoken = voices.spoken(voice, sentence)
                assert len(recorded) == pytest.approx(len(spoken), abs=voices.RATE / 4)

    monkeypatch.setattr(voices, "has_flite", lambda: False)
    with pytest.raises(voices.SpeechError, match="without the program flite"):
        voices.spoken("slt", "Nobody ever recorded this sentence.")


def test_an_unknown_voice_or_an_empty_speech_is_refused(stand_in: StandIn) -> None:
    for changes in ({"speech": " "}, {"speech": "Hello.", "voice": "elvis"}):
        answer = httpx.put(f"{stand_in.url}/_standin/scenario/{TALK}", json=changes)
        assert answer.status_code == 422


def test_ytdlp_sees_the_speech_as_any_other_sound(stand_in: StandIn, extract: Any) -> None:
    formats = extract(TALK, process=True).info["formats"]

    sounds = [form for form in formats if form["vcodec"] == "none" and form.get("filesize")]
    assert len(sounds) == 4
    for form in sounds:
        target = httpx.URL(form["url"]).query.decode()
        size = int(httpx.head(f"{stand_in.url}/videoplayback?{target}").headers["content-length"])
        assert size == form["filesize"]


def test_speech_can_be_read_as_it_arrives(stand_in: StandIn) -> None:
    stand_in.set_scenario(TALK, speech="slt", duration_seconds=20)
    query = f"expire=4102444800&sig=x&itag=139&id=o-standin-{TALK}"

    with av.open(f"{stand_in.url}/videoplayback?{query}") as container:
        frames = list(container.decode(audio=0))

    assert frames[0].time == 0
    assert frames[-1].time == pytest.approx(20.8, abs=0.1)
