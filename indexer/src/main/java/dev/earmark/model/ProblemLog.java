package dev.earmark.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the problems of one source while it is read.
 *
 * <p>Bounded: each kind of problem keeps its first {@value #KEPT_PER_CODE} places and counts the
 * rest, so that a million bad cues cost no more memory than a hundred. Not thread-safe; one a
 * source.
 */
public final class ProblemLog {
  static final int KEPT_PER_CODE = 100;

  private final String source;
  private final List<Problem> kept = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /**
   * @param source the file or address that the problems will name
   */
  public ProblemLog(String source) {
    this.source = source;
  }

  public String source() {
    return source;
  }

  public void error(String code, int line, String message, @Nullable String remedy) {
    add(new Problem(Problem.Severity.ERROR, code, source, line, message, remedy));
  }

  public void warning(String code, int line, String message, @Nullable String remedy) {
    add(new Problem(Problem.Severity.WARNING, code, source, line, message, remedy));
  }

  public void notice(String code, int line, String message, @Nullable String remedy) {
    add(new Problem(Problem.Severity.NOTICE, code, source, line, message, remedy));
  }

  private void add(Problem problem) {
    int count = counts.merge(problem.code(), 1, Integer::sum);
    if (count <= KEPT_PER_CODE) {
      kept.add(problem);
    }
  }

  /**
   * Adds what another log has collected, as when a second reading of a source was the right one.
   */
  public void addAll(ProblemLog other) {
    other.kept.forEach(this::add);
    other.counts.forEach(
        (code, count) -> counts.merge(code, Math.max(0, count - KEPT_PER_CODE), Integer::sum));
  }

  /** The problems in the order they were found, at most {@value #KEPT_PER_CODE} of a kind. */
  public List<Problem> problems() {
    return List.copyOf(kept);
  }

  /** How many there were of each kind, whether kept or not. */
  public Map<String, Integer> counts() {
    return new LinkedHashMap<>(counts);
  }
}
