package dev.earmark.publish;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Invented talks: of two who speak, in another script, and with names that mean no good. */
final class SiteCorpus {
  private static final int SAMPLES_PER_SECOND = 8_000;

  private SiteCorpus() {}

  static Path tone(Path folder) {
    return folder.resolve("corpus/tides/tone.wav");
  }

  static void write(Path corpus) throws IOException {
    talk(
        corpus,
        "tides",
        """
        id: brass-tides
        title: How Tide Tables Were Made
        show: Slow Instruments
        date: 2025-11-04
        duration: 1:00
        language: en
        speakers: [ {name: Ines Marlow, role: host}, {name: Tomas Okell, role: guest} ]
        topics: [tides, analogue computing]
        media: { audio: tone.wav }
        """,
        """
        WEBVTT

        00:00.000 --> 00:06.000
        <v Ines Marlow>Welcome back. Today a machine of brass

        00:06.000 --> 00:20.000
        <v Ines Marlow>that could predict the sea in every harbour of the coast.

        00:20.000 --> 00:30.000
        <v Tomas Okell>Each wheel stands for one pull of the moon, and a machine of brass

        00:30.000 --> 00:44.000
        <v Tomas Okell>that could predict the sea was slow. It took months for each harbour.

        00:44.000 --> 01:00.000
        <v Ines Marlow>So a harbour is a list of numbers, and e-mail or email came later.
        """);
    Files.writeString(
        corpus.resolve("tides/chapters.json"),
        """
        {"version": "1.2.0", "chapters": [
          {"startTime": 0, "title": "A machine of brass"},
          {"startTime": 30, "title": "A harbour is a list"}]}
        """);
    byte[] tone = new byte[SAMPLES_PER_SECOND * 60];
    AudioFormat format = new AudioFormat(SAMPLES_PER_SECOND, 8, 1, false, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(tone), format, tone.length),
        AudioFileFormat.Type.WAVE,
        corpus.resolve("tides/tone.wav").toFile());
    talk(
        corpus,
        "rain",
        """
        id: Kitāb 1/2?
        title: كتاب المطر
        show: حديث الطقس
        date: 2024-05-05
        language: ar
        """,
        """
        WEBVTT

        00:01.000 --> 00:06.000
        <v ليلى حداد>نقيس المطر كل صباح في الميناء.

        00:06.000 --> 00:12.000
        <v سامر نجم>ثم نكتب في الدفتر كم سقط من المطر.
        """);
    talk(
        corpus,
        "hostile",
        """
        id: hostile
        title: '<img src=x onerror="window.hacked=1"> & "quoted"'
        show: '</script><script>window.hacked=1</script>'
        date: 2025-01-02
        topics: ['<b>bold</b>', '/../../up']
        """,
        """
        WEBVTT

        00:01.000 --> 00:05.000
        <v '"><svg onload=window.hacked=1>>A lighthouse &lt;img src=x onerror=window.hacked=1&gt; blinks.
        """);
  }

  private static void talk(Path corpus, String name, String manifest, String captions)
      throws IOException {
    Path folder = Files.createDirectories(corpus.resolve(name));
    Files.writeString(folder.resolve("episode.yaml"), manifest);
    Files.writeString(folder.resolve("talk.vtt"), captions);
  }
}
