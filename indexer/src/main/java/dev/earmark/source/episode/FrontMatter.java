package dev.earmark.source.episode;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.syntax.Excerpt;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The YAML at the top of a Markdown document, between two lines of {@code ---}.
 *
 * @param fields what it says of the episode
 * @param transcript whether it says that the document is a transcript
 * @param lines how many lines it takes, its fences included; 0 if there is none
 */
public record FrontMatter(EpisodeFields fields, boolean transcript, int lines) {
  private static final int MAX_CHARACTERS = 256 << 10;
  private static final int MAX_ALIASES = 50;

  /** Places take time, and are needed only where something is wrong. */
  private static final LoadSettings SETTINGS = settings(false);

  private static final LoadSettings WITH_MARKS = settings(true);

  public static final FrontMatter NONE = new FrontMatter(EpisodeFields.NONE, false, 0);

  private static LoadSettings settings(boolean marks) {
    return LoadSettings.builder()
        .setLabel("front matter")
        .setMaxAliasesForCollections(MAX_ALIASES)
        .setCodePointLimit(MAX_CHARACTERS + 1)
        .setAllowDuplicateKeys(true)
        .setUseMarks(marks)
        .build();
  }

  /** Whether a text begins with front matter, as far as its beginning shows. */
  public static boolean isAt(String text) {
    return text.startsWith("---\n");
  }

  /** The front matter of a document; what is wrong with it is reported and the rest read. */
  public static FrontMatter of(List<String> lines, ProblemLog problems) {
    if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals("---")) {
      return NONE;
    }
    StringBuilder yaml = new StringBuilder();
    int at = 1;
    while (at < lines.size() && !isFence(lines.get(at))) {
      yaml.append(lines.get(at++)).append('\n');
      if (yaml.length() > MAX_CHARACTERS) {
        return NONE;
      }
    }
    if (at == lines.size()) {
      return NONE;
    }
    Map<?, ?> map = parse(yaml.toString(), problems);
    // A line of dashes may also be a rule, with prose up to the next one.
    return map.isEmpty() && !yaml.isEmpty() && !yaml.toString().contains(":")
        ? NONE
        : new FrontMatter(EpisodeYaml.fields(map), EpisodeYaml.isTranscript(map), at + 1);
  }

  private static boolean isFence(String line) {
    String end = line.stripTrailing();
    return end.equals("---") || end.equals("...");
  }

  private static Map<?, ?> map(String yaml) {
    Object value;
    try {
      value = new Load(mayBeDamaged(yaml) ? WITH_MARKS : SETTINGS).loadFromString(yaml);
    } catch (YamlEngineException damaged) {
      if (damaged instanceof MarkedYamlEngineException marked
          && marked.getProblemMark().isPresent()) {
        throw damaged;
      }
      // Once more, for the place of the damage.
      value = new Load(WITH_MARKS).loadFromString(yaml);
    }
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /** Whether a value has a colon that is not quoted, or goes on behind its quotation mark. */
  private static boolean mayBeDamaged(String yaml) {
    int from = 0;
    while (from < yaml.length()) {
      int end = yaml.indexOf('\n', from);
      int colon = yaml.indexOf(": ", from);
      if (colon > 0 && colon + 2 < end) {
        char first = yaml.charAt(colon + 2);
        boolean quoted = first == '"' || first == '\'';
        int second = quoted ? -1 : yaml.indexOf(": ", colon + 2);
        if (quoted ? yaml.charAt(end - 1) != first : second > 0 && second < end) {
          return true;
        }
      }
      from = end + 1;
    }
    return false;
  }

  private static Map<?, ?> parse(String yaml, ProblemLog problems) {
    try {
      return map(yaml);
    } catch (YamlEngineException e) {
      int line =
          e instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()
              ? marked.getProblemMark().get().getLine() + 2
              : 1;
      String message = e.getMessage() == null ? "no reason given" : e.getMessage();
      problems.warning(
          "front-matter-damaged",
          line,
          "the front matter is not YAML: " + Excerpt.of(message),
          "its plain lines of key: value were read");
      return EpisodeYaml.plainLines(yaml);
    } catch (StackOverflowError e) {
      problems.warning("front-matter-damaged", 1, "the front matter is nested too deeply", null);
      return EpisodeYaml.plainLines(yaml);
    }
  }
}
