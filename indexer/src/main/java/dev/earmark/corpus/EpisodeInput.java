package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An episode that was found, its sources not yet read.
 *
 * @param id names it in the index
 * @param origin the folder or first file it was found at, or its feed and its own id there; tells
 *     two episodes of one name apart
 * @param group the folder or show it is one of; empty if it has none
 * @param manifest the {@code episode.yaml} or {@code stem.yaml}; null if there is none
 * @param fields what the manifest or the feed says of it
 * @param sources what there is to read, in order
 */
public record EpisodeInput(
    String id,
    String origin,
    String group,
    @Nullable Path manifest,
    EpisodeFields fields,
    List<SourceInput> sources) {
  public EpisodeInput {
    sources = List.copyOf(sources);
  }

  EpisodeInput withId(String newId) {
    return new EpisodeInput(newId, origin, group, manifest, fields, sources);
  }
}
