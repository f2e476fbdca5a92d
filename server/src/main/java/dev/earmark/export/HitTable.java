package dev.earmark.export;

import dev.earmark.model.Anchor;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hits as rows of a table: a hit a row. */
final class HitTable {
  static final List<String> COLUMNS =
      List.of(
          "momentId",
          "kind",
          "episodeId",
          "episodeTitle",
          "show",
          "date",
          "speaker",
          "time",
          "atMs",
          "startMs",
          "endMs",
          "anchor",
          "confidence",
          "text",
          "match",
          "topics",
          "source",
          "format",
          "lang",
          "why",
          "score",
          "page",
          "media",
          "audio");

  private HitTable() {}

  static List<@Nullable Object> cells(Hit hit, String base) {
    Moment moment = hit.moment().moment();
    TimeSpan span = moment.anchor().span().orElse(null);
    Links links = Links.of(hit).absolute(base);
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(hit.moment().id());
    cells.add(moment.kind().id());
    cells.add(hit.episode().id());
    cells.add(hit.episode().title());
    cells.add(hit.episode().show());
    cells.add(text(hit.episode().date()));
    cells.add(moment.speaker());
    cells.add(clock(hit.atMs()));
    cells.add(hit.atMs());
    cells.add(span == null ? null : span.startMs());
    cells.add(span == null || span.end() == null ? null : span.endMs());
    cells.add(moment.anchor().type());
    cells.add(
        moment.anchor() instanceof Anchor.Estimated estimated ? estimated.confidence() : null);
    cells.add(moment.text());
    cells.add(hit.matches().isEmpty() ? null : hit.matches().getFirst().text());
    cells.add(List.copyOf(moment.topics()));
    cells.add(hit.moment().source());
    cells.add(hit.moment().format());
    cells.add(hit.moment().language());
    cells.add(hit.why() == null ? null : hit.why().id());
    cells.add(hit.score());
    cells.add(links.page());
    cells.add(links.media());
    cells.add(links.audio());
    return cells;
  }

  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  static @Nullable String clock(@Nullable Long ms) {
    return ms == null ? null : Timestamp.clamped(ms).clock();
  }
}
