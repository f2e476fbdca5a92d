package dev.earmark.index;

import dev.earmark.corpus.EpisodeInput;
import dev.earmark.corpus.SourceInput;
import dev.earmark.corpus.SourceRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which episodes are read: newest day first, since people ask for what is new; within
 * a day smallest first, so that something can be searched soon.
 *
 * <p>The day is that of the episode if a manifest or feed states it, else that of its newest file.
 */
final class ReadingOrder {
  private ReadingOrder() {}

  private record Ranked(EpisodeInput episode, LocalDate day, long bytes) {}

  static List<EpisodeInput> of(List<EpisodeInput> episodes) {
    return episodes.stream()
        .map(ReadingOrder::ranked)
        .sorted(
            Comparator.comparing(Ranked::day, Comparator.reverseOrder())
                .thenComparingLong(Ranked::bytes))
        .map(Ranked::episode)
        .toList();
  }

  private static Ranked ranked(EpisodeInput episode) {
    LocalDate newest = LocalDate.MIN;
    long bytes = 0;
    for (SourceInput source : episode.sources()) {
      switch (source.places().getFirst()) {
        case SourceRef.LocalFile local -> {
          BasicFileAttributes attributes = attributes(local.path());
          if (attributes != null) {
            bytes += attributes.size();
            LocalDate day =
                LocalDate.ofInstant(attributes.lastModifiedTime().toInstant(), ZoneOffset.UTC);
            newest = day.isAfter(newest) ? day : newest;
          }
        }
        case SourceRef.Given given -> bytes += given.bytes().length;
        case SourceRef.Remote remote -> {
          // Asking how large it is would cost as much as fetching it.
        }
      }
    }
    LocalDate stated = episode.fields().date();
    return new Ranked(episode, stated == null ? newest : stated, bytes);
  }

  private static @Nullable BasicFileAttributes attributes(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      // Reading it will say what is wrong with it.
      return null;
    }
  }
}
