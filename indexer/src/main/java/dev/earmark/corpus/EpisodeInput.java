package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An episode found on disk, its sources not yet read.
 *
 * @param id names it in the index
 * @param origin the folder or first file it was found at; tells two episodes of one name apart
 * @param manifest the {@code episode.yaml} or {@code stem.yaml}; null if there is none
 * @param fields what the manifest says
 * @param files the sources, in order
 * @param formats the format the manifest names for a file, if it names one
 */
public record EpisodeInput(
    String id,
    Path origin,
    @Nullable Path manifest,
    EpisodeFields fields,
    List<Path> files,
    Map<Path, String> formats) {
  public EpisodeInput {
    files = List.copyOf(files);
    formats = Map.copyOf(formats);
  }

  EpisodeInput withId(String newId) {
    return new EpisodeInput(newId, origin, manifest, fields, files, formats);
  }
}
