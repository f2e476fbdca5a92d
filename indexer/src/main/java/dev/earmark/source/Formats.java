package dev.earmark.source;

import java.util.ArrayList;
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

  /** By id, but those that are dear to ask behind the others. */
  private static final List<SourceFormat> CHEAP_FIRST =
      ALL.stream().sorted(Comparator.comparing(SourceFormat::isRunningText)).toList();

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
   * A format that could be that of a source.
   *
   * @param recognition how sure it is
   */
  public record Candidate(SourceFormat format, Recognition recognition) {}

  /** All formats that could be that of a source, the one that is taken first. */
  public static List<Candidate> candidates(RawSource source) {
    List<Candidate> candidates = new ArrayList<>();
    for (SourceFormat format : ALL) {
      Recognition recognition = format.recognise(source);
      if (recognition != Recognition.NO) {
        candidates.add(new Candidate(format, recognition));
      }
    }
    candidates.sort(Comparator.comparing(Candidate::recognition).reversed());
    return candidates;
  }

  /**
   * The format that is surest of a source; between equals the first by id. Nothing if all say
   * {@link Recognition#NO}.
   */
  public static Optional<SourceFormat> recognise(RawSource source) {
    SourceFormat best = null;
    Recognition surest = Recognition.NO;
    for (SourceFormat format : CHEAP_FIRST) {
      Recognition recognition = format.recognise(source);
      boolean before = best != null && format.id().compareTo(best.id()) < 0;
      if (recognition.compareTo(surest) > 0 || (before && recognition == surest)) {
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
