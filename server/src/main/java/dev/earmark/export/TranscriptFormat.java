package dev.earmark.export;

import dev.earmark.model.Episode;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.model.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A form in which a transcript can be written; read again, each gives the same cues. */
public enum TranscriptFormat {
  /** W3C WebVTT, speakers as voice spans, a time stamp before each word that the source times. */
  VTT("text/vtt") {
    @Override
    String write(Episode episode, List<TranscriptCue> cues) {
      StringBuilder out = new StringBuilder("WEBVTT\n");
      for (TranscriptCue cue : cues) {
        TimeSpan span = cue.span();
        if (span == null) {
          continue;
        }
        out.append('\n').append(span.start().webVtt()).append(" --> ");
        out.append(Timestamp.clamped(span.endMs()).webVtt()).append('\n');
        if (cue.speaker() != null) {
          out.append("<v ").append(escape(oneLine(cue.speaker()))).append('>');
        }
        out.append(noEmptyLines(withStamps(cue, span))).append('\n');
      }
      return out.toString();
    }
  },
  /** SubRip; a speaker stands before the text. */
  SRT("application/x-subrip") {
    @Override
    String write(Episode episode, List<TranscriptCue> cues) {
      StringBuilder out = new StringBuilder();
      int number = 1;
      for (TranscriptCue cue : cues) {
        TimeSpan span = cue.span();
        if (span == null) {
          continue;
        }
        out.append(number++).append('\n').append(span.start().subRip()).append(" --> ");
        out.append(Timestamp.clamped(span.endMs()).subRip()).append('\n');
        out.append(withSpeaker(cue, noEmptyLines(cue.text()))).append("\n\n");
      }
      return out.toString();
    }
  },
  /** Podcasting 2.0 transcript JSON. */
  JSON("application/json") {
    @Override
    String write(Episode episode, List<TranscriptCue> cues) {
      return PodcastJson.write(cues);
    }
  },
  /** Plain text: a paragraph a cue, with its times, as Whisper prints them. */
  TXT("text/plain") {
    @Override
    String write(Episode episode, List<TranscriptCue> cues) {
      StringBuilder out = new StringBuilder(oneLine(episode.title())).append("\n");
      for (TranscriptCue cue : cues) {
        out.append('\n').append(when(cue)).append(withSpeaker(cue, oneLine(cue.text())));
        out.append('\n');
      }
      return out.toString();
    }
  },
  /** Markdown: a paragraph a cue, with its times; what was heard stands behind what is right. */
  MD("text/markdown") {
    @Override
    String write(Episode episode, List<TranscriptCue> cues) {
      StringBuilder out = new StringBuilder("# ");
      out.append(markdown(oneLine(episode.title()))).append("\n");
      for (TranscriptCue cue : cues) {
        out.append('\n').append(when(cue));
        if (cue.speaker() != null) {
          out.append("**").append(markdown(oneLine(cue.speaker()))).append(":** ");
        }
        out.append(withHeard(cue)).append('\n');
      }
      return out.toString();
    }
  },
  /** W3C TTML, words timed where the source times them. */
  TTML("application/ttml+xml") {
    @Override
    String write(Episode episode, List<TranscriptCue> cues) {
      return TtmlTranscript.write(episode, cues);
    }
  },
  /** Annotations of ELAN, words timed where the source times them. */
  EAF("application/xml") {
    @Override
    String write(Episode episode, List<TranscriptCue> cues) {
      return ElanTranscript.write(episode, cues);
    }
  },
  /** A TextGrid of Praat. */
  TEXTGRID("text/plain") {
    @Override
    String write(Episode episode, List<TranscriptCue> cues) {
      return TextGridTranscript.write(cues);
    }
  },
  /** TEI, as ISO 24624 has it for speech; a cue is one line. */
  TEI("application/tei+xml") {
    @Override
    String write(Episode episode, List<TranscriptCue> cues) {
      return TeiTranscript.write(episode, cues);
    }
  };

  private final String mediaType;

  TranscriptFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The name in commands and addresses, such as {@code vtt}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names: {@code vtt, srt, …}. */
  public static String ids() {
    return Arrays.stream(values()).map(TranscriptFormat::id).collect(Collectors.joining(", "));
  }

  public String mediaType() {
    return mediaType;
  }

  /** The form of this name. */
  public static Optional<TranscriptFormat> of(String id) {
    for (TranscriptFormat format : values()) {
      if (format.id().equals(id)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  abstract String write(Episode episode, List<TranscriptCue> cues);

  private static String when(TranscriptCue cue) {
    TimeSpan span = cue.span();
    return span == null
        ? ""
        : "[" + span.start().webVtt() + " --> " + Timestamp.clamped(span.endMs()).webVtt() + "] ";
  }

  private static String withHeard(TranscriptCue cue) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (TranscriptCue.Heard word : cue.heard()) {
      String before = cue.text().substring(at, word.from());
      String right = cue.text().substring(word.from(), word.to());
      out.append(markdown(before.replaceAll("\\s", " ")));
      out.append('*').append(markdown(right)).append("* [heard: ");
      out.append(markdown(oneLine(word.as()))).append(']');
      at = word.to();
    }
    String rest = cue.text().substring(at);
    return out + markdown(at == 0 ? oneLine(rest) : rest.replaceAll("\\s", " ").stripTrailing());
  }

  private static String withSpeaker(TranscriptCue cue, String text) {
    return cue.speaker() == null ? text : oneLine(cue.speaker()) + ": " + text;
  }

  /** The text of a cue, escaped, with a stamp where the source says when a word starts. */
  private static String withStamps(TranscriptCue cue, TimeSpan span) {
    StringBuilder out = new StringBuilder();
    long last = span.startMs();
    int at = 0;
    for (TimedWord word : cue.words()) {
      out.append(escape(cue.text().substring(at, word.from())));
      if (word.startMs() > last && word.startMs() < span.endMs()) {
        out.append('<').append(Timestamp.clamped(word.startMs()).webVtt()).append('>');
        last = word.startMs();
      }
      at = word.from();
    }
    return out.append(escape(cue.text().substring(at))).toString();
  }

  private static String noEmptyLines(String text) {
    return text.strip().replaceAll("\\n\\s*\\n", "\n");
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** Text in which no sign is taken for Markdown. */
  private static String markdown(String text) {
    return text.replaceAll("[\\\\`*_{\\[<~&|]|^[#+>-]", "\\\\$0");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
