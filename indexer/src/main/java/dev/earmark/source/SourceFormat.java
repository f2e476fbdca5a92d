package dev.earmark.source;

import dev.earmark.model.ProblemLog;

/**
 * A form in which people write about an episode.
 *
 * <p>To add one:
 *
 * <ol>
 *   <li>write one class in the room it belongs to ({@code caption}, {@code asr}, {@code turn},
 *       {@code chapter} or {@code document}), marked {@code @AutoService(SourceFormat.class)}, that
 *       reads the form and nothing keyed to one document;
 *   <li>put a folder named after its {@link FormatDescriptor#id id} into {@code
 *       src/test/resources/golden}, with small inputs you wrote yourself; {@code FormatGoldenTest}
 *       finds it and writes the expected output when run with {@code -Dgolden.update=true}; read
 *       that before you commit it.
 * </ol>
 *
 * <p>Nothing else is edited. Implementations have a public constructor without parameters, keep no
 * state and are thread-safe.
 */
public interface SourceFormat {

  /** What the format says of itself: its id, what it is, how it is recognised. */
  FormatDescriptor descriptor();

  /** The short name for commands and manifests. */
  default String id() {
    return descriptor().id();
  }

  /**
   * Whether it is told by how a text is written throughout, so that looking is dear: formats that
   * are told by a mark of theirs are asked first.
   */
  default boolean isRunningText() {
    return false;
  }

  /**
   * How sure the format is that a source is of its kind. Looks at the head of the content first and
   * the name second; never throws, whatever the bytes.
   */
  Recognition recognise(RawSource source);

  /**
   * Reads a source.
   *
   * <p>Whatever is wrong with a part is reported to {@code problems}, with its line, and the rest
   * is read. Memory and time stay linear in the size of the input. Times are never negative.
   *
   * @throws SourceException if nothing can be read, saying why and where
   */
  ParsedSource read(RawSource source, ProblemLog problems) throws SourceException;
}
