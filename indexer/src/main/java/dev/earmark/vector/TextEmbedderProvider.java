package dev.earmark.vector;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens a model; found as a service, where the jar of the model's runtime is on the class path. */
public interface TextEmbedderProvider {

  /**
   * Opens a model.
   *
   * @param folder of the model, with its descriptor; null for the one that comes with the jar
   * @param cache where the runtime's native library is unpacked, once
   * @throws EmbeddingModelException if it cannot be used
   */
  TextEmbedder open(@Nullable Path folder, Path cache);
}
