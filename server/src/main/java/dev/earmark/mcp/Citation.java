package dev.earmark.mcp;

import dev.earmark.model.Anchor;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where something is said, in words and as links. */
final class Citation {
  private Citation() {}

  /** A hit: when, who, where, its words, its links. */
  static String of(Hit hit, String base) {
    Moment moment = hit.moment().moment();
    Timestamp at = hit.atMs() == null ? null : Timestamp.clamped(hit.atMs());
    return "["
        + time(at, moment.anchor())
        + "] "
        + (moment.speaker() == null ? moment.kind().id() : moment.speaker())
        + ", "
        + of(hit.episode())
        + "\n  "
        + quoted(hit.snippet().text())
        + "\n  "
        + links(hit.episode(), at, base);
  }

  /** An episode: “title”, show, date, and the id that other tools take. */
  static String of(Episode episode) {
    List<String> parts = new ArrayList<>();
    parts.add("“" + episode.title() + "”");
    if (episode.show() != null) {
      parts.add(episode.show());
    }
    parts.add(episode.date() == null ? "undated" : episode.date().toString());
    return String.join(", ", parts) + " (episode: " + episode.id() + ")";
  }

  /** The addresses of an instant: our page, and the recording where it can be watched. */
  static String links(Episode episode, @Nullable Timestamp at, String base) {
    String page = base + DeepLink.page(episode.id(), at);
    String video = episode.media().youtube();
    return video == null ? page : page + " · " + DeepLink.youtube(video, at);
  }

  static String quoted(String text) {
    return "“" + text.replaceAll("\\s+", " ").strip() + "”";
  }

  private static String time(@Nullable Timestamp at, Anchor anchor) {
    if (at == null) {
      return "no time";
    }
    TimeSpan stretch = anchor.stretch().orElse(null);
    if (stretch != null) {
      return "in " + stretch.start().clock() + "–" + Timestamp.clamped(stretch.endMs()).clock();
    }
    return anchor instanceof Anchor.Estimated estimated
        ? String.format(
            Locale.ROOT, "about %s, %.0f %% sure", at.clock(), estimated.confidence() * 100)
        : at.clock();
  }
}
