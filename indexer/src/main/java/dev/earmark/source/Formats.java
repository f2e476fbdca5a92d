package dev.earmark.source;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Every format there is, found as services. Thread-safe. */
public final class Formats {
  private static final List<SourceFormat> ALL =
      ServiceLoader.load(SourceFormat.class).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparing(SourceFormat::id))
          .toList();

  private Formats() {}

  /** All formats, by id. */
  public static List<SourceFormat> all() {
    return ALL;
  }

  /** The format with this id. */
  public static Optional<SourceFormat> byId(String id) {
    return ALL.stream().filter(format -> format.id().equals(id)).findFirst();
  }

  /**
   * The format that is surest of a source; between equals the first by id. Nothing if all say
   * {@link Recognition#NO}.
   */
  public static Optional<SourceFormat> recognise(RawSource source) {
    SourceFormat best = null;
    Recognition surest = Recognition.NO;
    for (SourceFormat format : ALL) {
      Recognition recognition = format.recognise(source);
      if (recognition.compareTo(surest) > 0) {
        surest = recognition;
        best = format;
      }
      if (surest == Recognition.CERTAIN) {
        // Of those that are certain the first is taken in any case.
        break;
      }
    }
    return Optional.ofNullable(best);
  }
}
