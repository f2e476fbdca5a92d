package dev.earmark.index;

import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The chapters that the other documents of an episode define for a source.
 *
 * <p>A chapter ends where the next of its document begins. A moment belongs to the chapters it
 * starts in, one a document; a moment without a time belongs to none.
 */
final class Chapters {
  private final List<NavigableMap<Long, String>> documents;

  private Chapters(List<NavigableMap<Long, String>> documents) {
    this.documents = documents;
  }

  /** The chapters that documents other than a source tell of. */
  static Chapters besides(SourceDocument source, List<SourceDocument> all) {
    List<NavigableMap<Long, String>> documents = new ArrayList<>();
    for (SourceDocument other : all) {
      boolean itself = other.name().equals(source.name());
      NavigableMap<Long, String> titles = itself ? new TreeMap<>() : titles(other);
      if (!titles.isEmpty()) {
        documents.add(titles);
      }
    }
    return new Chapters(documents);
  }

  private static NavigableMap<Long, String> titles(SourceDocument source) {
    NavigableMap<Long, String> titles = new TreeMap<>();
    for (Moment moment : source.moments()) {
      String title = moment.title();
      if (moment.kind() == Kind.CHAPTER && title != null) {
        moment.anchor().span().ifPresent(span -> titles.put(span.startMs(), title));
      }
    }
    return titles;
  }

  /** The titles of the chapters a moment lies in. */
  List<String> of(Moment moment) {
    if (documents.isEmpty()) {
      return List.of();
    }
    List<String> titles = new ArrayList<>();
    moment
        .anchor()
        .span()
        .map(TimeSpan::startMs)
        .ifPresent(start -> {
          for (NavigableMap<Long, String> document : documents) {
            Map.Entry<Long, String> chapter = document.floorEntry(start);
            if (chapter != null) {
              titles.add(chapter.getValue());
            }
          }
        });
    return titles;
  }
}
