package dev.earmark.export;

import dev.earmark.model.Anchor;
import dev.earmark.model.Episode;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A form in which a transcript can be written. */
public enum TranscriptFormat {
  /** W3C WebVTT, speakers as voice spans. */
  VTT("text/vtt") {
    @Override
    String write(Episode episode, List<Moment> moments) {
      StringBuilder out = new StringBuilder("WEBVTT\n");
      for (Moment moment : timed(moments)) {
        TimeSpan span = span(moment);
        out.append('\n').append(span.start().webVtt()).append(" --> ");
        out.append(dev.earmark.model.Timestamp.clamped(span.endMs()).webVtt()).append('\n');
        if (moment.speaker() != null) {
          out.append("<v ").append(escape(moment.speaker()).replace("\n", " ")).append('>');
        }
        out.append(escape(noEmptyLines(moment.text()))).append('\n');
      }
      return out.toString();
    }
  },
  /** SubRip; a speaker stands before the text. */
  SRT("application/x-subrip") {
    @Override
    String write(Episode episode, List<Moment> moments) {
      StringBuilder out = new StringBuilder();
      int number = 1;
      for (Moment moment : timed(moments)) {
        TimeSpan span = span(moment);
        out.append(number++).append('\n').append(span.start().subRip()).append(" --> ");
        out.append(dev.earmark.model.Timestamp.clamped(span.endMs()).subRip()).append('\n');
        out.append(withSpeaker(moment, noEmptyLines(moment.text()))).append("\n\n");
      }
      return out.toString();
    }
  },
  /** Podcasting 2.0 transcript JSON. */
  JSON("application/json") {
    @Override
    String write(Episode episode, List<Moment> moments) {
      return PodcastJson.write(timed(moments));
    }
  },
  /** Plain text, a paragraph a turn. */
  TXT("text/plain") {
    @Override
    String write(Episode episode, List<Moment> moments) {
      StringBuilder out = new StringBuilder(episode.title()).append("\n");
      for (Moment moment : moments) {
        out.append('\n')
            .append(when(moment))
            .append(withSpeaker(moment, moment.text()))
            .append('\n');
      }
      return out.toString();
    }
  },
  /** Markdown, a paragraph a turn, times in brackets. */
  MD("text/markdown") {
    @Override
    String write(Episode episode, List<Moment> moments) {
      StringBuilder out = new StringBuilder("# ").append(oneLine(episode.title())).append("\n");
      for (Moment moment : moments) {
        out.append('\n').append(when(moment));
        if (moment.speaker() != null) {
          out.append("**").append(oneLine(moment.speaker())).append(":** ");
        }
        out.append(moment.text()).append('\n');
      }
      return out.toString();
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

  abstract String write(Episode episode, List<Moment> moments);

  private static List<Moment> timed(List<Moment> moments) {
    return moments.stream().filter(moment -> moment.anchor().span().isPresent()).toList();
  }

  private static TimeSpan span(Moment moment) {
    return moment.anchor().span().orElseThrow();
  }

  private static String when(Moment moment) {
    return moment.anchor() instanceof Anchor.Unplaced
        ? ""
        : "[" + span(moment).start().clock() + "] ";
  }

  private static String withSpeaker(Moment moment, String text) {
    return moment.speaker() == null ? text : oneLine(moment.speaker()) + ": " + text;
  }

  private static String noEmptyLines(String text) {
    return text.replaceAll("\\n\\s*\\n", "\n").replace("-->", "→");
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
