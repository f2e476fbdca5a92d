package dev.earmark.corpus;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A note about several recordings, such as a daily note, in parts: what it says of each.
 *
 * <p>A heading that links to one recording opens its section, down to the next heading of that
 * level or above. Within a section and outside of any, a paragraph, quotation or list item that
 * links to a recording opens a part for that one, which ends at the next link, at the next heading,
 * and for an item of a list at the next item that is not below it. What links to several at once
 * belongs to none. Front matter and what is under no link is left over.
 *
 * <p>Each part has the lines of the note at their numbers, and blank ones for all the others, so
 * that problems name the right line. A time before an item is one of the recording that it stands
 * under, also where it is the only one: it is put in brackets, in which notes have times. Immutable
 * and thread-safe.
 *
 * @param byTarget the parts that say something, by the recording
 * @param rest what is left over; empty if that has no text but headings
 */
record NoteParts(Map<String, String> byTarget, String rest) {
  private static final Pattern HEADING = Pattern.compile("^ {0,3}(#{1,6})\\s");
  private static final Pattern ITEM = Pattern.compile("^([ \\t]*)(?:[-*+]|\\d{1,4}[.)])\\s");
  private static final Pattern TIME =
      Pattern.compile("^([ \\t]*[-*+][ \\t]+)(\\d{1,3}:\\d{2}(?::\\d{2})?)(?=[ \\t]+\\p{L})");
  private static final Pattern FENCE = Pattern.compile("^---\\s*$");

  /** What a line says beside its links: a word. */
  private static final Pattern LINKS =
      Pattern.compile(
          "!?\\[\\[[^\\[\\]\\n]*+]]|!?\\[[^\\[\\]\\n]*+]\\([^()\\n]*+\\)|https?://\\S+");

  /** What a vault keeps about a note or an item: {@code key:: value}. */
  private static final Pattern PROPERTY =
      Pattern.compile("^[ \\t]*(?:[-*+][ \\t]+)?[\\p{L}\\p{N}_-]+::(?:\\s|$)");

  private static final Pattern WORD = Pattern.compile("\\p{L}{2}");

  NoteParts {
    byTarget = Map.copyOf(byTarget);
  }

  /**
   * The parts of a note.
   *
   * @param targets the recordings that a text links to
   */
  static NoteParts of(String note, Function<String, Set<String>> targets) {
    String[] lines = note.split("\n", -1);
    @Nullable String[] owners = new String[lines.length];
    Reader reader = new Reader(targets);
    int from = frontMatter(lines);
    for (int i = from; i < lines.length; ) {
      int end = i + 1;
      while (!isHeading(lines[i]) && end < lines.length && goesOn(lines[end])) {
        end++;
      }
      String owner = reader.owner(String.join("\n", Arrays.asList(lines).subList(i, end)));
      Arrays.fill(owners, i, end, owner);
      i = end;
    }
    Map<String, String> byTarget = new LinkedHashMap<>();
    Set<String> saying = new LinkedHashSet<>();
    boolean left = false;
    for (int i = from; i < lines.length; i++) {
      String owner = owners[i];
      boolean text = !isHeading(lines[i]) && saysSomething(lines[i]);
      left |= text && owner == null;
      if (text && owner != null) {
        saying.add(owner);
      }
    }
    saying.forEach(target -> byTarget.put(target, only(lines, owners, target)));
    return new NoteParts(byTarget, left ? only(lines, owners, null) : "");
  }

  private static String only(String[] lines, @Nullable String[] owners, @Nullable String owner) {
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      if (Objects.equals(owners[i], owner)) {
        part.append(owner == null ? lines[i] : TIME.matcher(lines[i]).replaceFirst("$1[$2]"));
      }
      part.append('\n');
    }
    return part.toString();
  }

  private static int frontMatter(String[] lines) {
    if (FENCE.matcher(lines[0]).matches()) {
      for (int i = 1; i < lines.length; i++) {
        if (FENCE.matcher(lines[i]).matches()) {
          return i + 1;
        }
      }
    }
    return 0;
  }

  /** Whether a line belongs to the paragraph or item of the line before it. */
  private static boolean goesOn(String line) {
    return !line.isBlank() && !isHeading(line) && !ITEM.matcher(line).find();
  }

  private static boolean isHeading(String line) {
    return HEADING.matcher(line).find();
  }

  private static boolean saysSomething(String line) {
    return !PROPERTY.matcher(line).find()
        && WORD.matcher(LINKS.matcher(line).replaceAll(" ")).find();
  }

  /** Goes through the headings, paragraphs and items of a note and tells whose each is. */
  private static final class Reader {
    private static final int NONE = -1;

    private final Function<String, Set<String>> targets;

    /** Whose section it is, and the level of its heading. */
    private @Nullable String section;

    private int level;

    /** Whose part it is, and how far in the item of a list stands that opened it. */
    private @Nullable String current;

    private int indent = NONE;

    Reader(Function<String, Set<String>> targets) {
      this.targets = targets;
    }

    @Nullable String owner(String block) {
      Matcher heading = HEADING.matcher(block);
      Matcher item = ITEM.matcher(block);
      boolean isHeading = heading.find();
      boolean isItem = item.find();
      int depth = isItem ? item.group(1).replace("\t", "    ").length() : NONE;
      if (isHeading) {
        if (section != null && heading.group(1).length() <= level) {
          section = null;
        }
        current = section;
        indent = NONE;
      } else if (isItem && indent != NONE && depth <= indent) {
        current = section;
        indent = NONE;
      }
      Set<String> linked =
          block.contains("[") || block.contains("http") ? targets.apply(block) : Set.of();
      if (linked.size() == 1) {
        current = linked.iterator().next();
        if (isHeading) {
          section = current;
          level = heading.group(1).length();
        } else {
          indent = depth;
        }
      }
      return linked.size() > 1 ? null : current;
    }
  }
}
