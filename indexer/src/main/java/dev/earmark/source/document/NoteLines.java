package dev.earmark.source.document;

import dev.earmark.model.EpisodeFields;
import dev.earmark.source.episode.EpisodeYaml;
import dev.earmark.source.syntax.CharacterSet;
import dev.earmark.source.syntax.MarkdownText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a note without what Obsidian and Logseq put into Markdown for themselves.
 *
 * <p>Taken out, line by line, so that lines keep their numbers: properties ({@code key:: value}),
 * of which those at the head of the page tell of the recording; ids of blocks ({@code ^id}, {@code
 * id::}) and references to them ({@code ((id))}); macros ({@code {{embed …}}}), of which {@code
 * {{youtube-timestamp 83}}} becomes a link with that time; comments between {@code %%}.
 *
 * @param lines as many as there were; null where nothing is left of one that was not blank
 * @param fields what the properties of the page say
 * @see <a href="https://help.obsidian.md/obsidian-flavored-markdown">Obsidian Flavored Markdown</a>
 */
record NoteLines(List<@Nullable String> lines, EpisodeFields fields) {
  private static final Pattern PROPERTY =
      Pattern.compile("^[ \\t]*+(?:[-*] )?([A-Za-z][\\w-]{0,40}+):: ?(.*)");
  private static final Pattern BLOCK_ID = Pattern.compile("(?:^|[ \\t])\\^[A-Za-z0-9-]{1,60}$");
  private static final Pattern BLOCK_REFERENCE =
      Pattern.compile("\\(\\([0-9a-f]{8}-[0-9a-f-]{27}\\)\\)");
  private static final Pattern CALL_OUT = Pattern.compile("(?m)^\\[![\\w-]{1,30}][+-]?[ \\t]*");
  private static final Pattern ORG_CALL_OUT =
      Pattern.compile("^[ \\t]*+#\\+(?:BEGIN|END)_[A-Z]++[ \\t]*+");
  private static final Pattern MACRO = Pattern.compile("\\{\\{([^{}]{1,300})}}");

  /** With these begin the signs of what is taken out. */
  private static final CharacterSet MARKS = CharacterSet.of(":^({%#");

  private static final Set<String> BARE_MACROS =
      Set.of("table", "kanban", "mermaid", "slider", "pomo", "diagram", "date", "todo", "done");

  private static final Pattern TAG =
      Pattern.compile("(?<![^\\s(])#(?:\\[\\[([^\\]\\n]{1,100})]]|([\\p{L}\\p{N}_/-]{2,100}))");

  /** Properties that say nothing to a reader. */
  private static final Set<String> TECHNICAL =
      Set.of(
          "id",
          "collapsed",
          "type",
          "tags",
          "tag",
          "alias",
          "aliases",
          "title",
          "template",
          "created-at",
          "updated-at",
          "created",
          "updated",
          "background-color",
          "heading",
          "icon",
          "public",
          "exclude-from-graph-view",
          "filters",
          "ls-type",
          "hl-page",
          "hl-color",
          "hl-type",
          "hl-stamp",
          "file",
          "file-path",
          "url",
          "link",
          "source",
          "status",
          "rating",
          "cover",
          "cssclass",
          "banner",
          "query-table",
          "query-properties");

  /** What marks it: most notes have none of it anywhere. */
  private static final List<String> SIGNS = List.of("::", "((", "{{", "%%", "#+", "^");

  /**
   * The lines of a note, and the properties before its first text.
   *
   * @param text what the lines are of
   */
  static NoteLines of(List<String> written, String text) {
    return SIGNS.stream().anyMatch(text::contains) ? of(written) : asWritten(written);
  }

  private static NoteLines of(List<String> written) {
    List<@Nullable String> lines = new ArrayList<>(written.size());
    Map<String, Object> properties = new HashMap<>();
    boolean head = true;
    boolean comment = false;
    boolean fence = false;
    for (String line : written) {
      fence ^= line.indexOf('`') >= 0 && line.stripLeading().startsWith("```");
      if (fence || (!comment && !isMarked(line))) {
        head &= line.isBlank();
        lines.add(line);
        continue;
      }
      Comments outside = Comments.of(line, comment);
      comment = outside.open();
      String left = outside.text();
      Matcher property = PROPERTY.matcher(left);
      if (property.matches()) {
        String key = property.group(1).toLowerCase(Locale.ROOT);
        String value = MarkdownText.plain(property.group(2).strip());
        if (head && !left.stripLeading().startsWith("-")) {
          properties.putIfAbsent(key.replace('-', '_'), listed(key, value));
        }
        boolean says = !TECHNICAL.contains(key) && !head && !value.isEmpty();
        lines.add(says ? left.replaceFirst("::", ":") : null);
        continue;
      }
      left = ORG_CALL_OUT.matcher(left).matches() ? "" : withoutMarks(left);
      head &= left.isBlank();
      lines.add(left.isBlank() && !line.isBlank() ? null : left);
    }
    EpisodeFields fields =
        properties.isEmpty() ? EpisodeFields.NONE : EpisodeYaml.fields(properties);
    return new NoteLines(lines, fields);
  }

  /** Whether a line has the signs of anything that is taken out. */
  private static boolean isMarked(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (MARKS.has(c)) {
        char next = i + 1 < line.length() ? line.charAt(i + 1) : ' ';
        if (c == '^' || next == (c == '#' ? '+' : c)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The lines of a document that no such program wrote. */
  static NoteLines asWritten(List<String> written) {
    return new NoteLines(new ArrayList<@Nullable String>(written), EpisodeFields.NONE);
  }

  /** Tags and names are lists, each in brackets or with a sign before it. */
  private static Object listed(String key, String value) {
    if (!Set.of("tags", "tag", "topics", "speakers", "guests", "hosts").contains(key)) {
      return value;
    }
    List<String> list = new ArrayList<>();
    for (String one : value.split(",")) {
      String clean = one.strip();
      list.add(clean.startsWith("#") ? clean.substring(1) : clean);
    }
    return list;
  }

  /** A line without what stands between two signs of percent, and whether a comment goes on. */
  private record Comments(String text, boolean open) {
    static Comments of(String line, boolean open) {
      StringBuilder text = new StringBuilder();
      boolean inside = open;
      int from = 0;
      for (int at = line.indexOf("%%"); at >= 0; at = line.indexOf("%%", from)) {
        text.append(inside ? "" : line.substring(from, at));
        inside = !inside;
        from = at + 2;
      }
      // What opens and is never closed on its line may be a comment of several, if it begins one.
      boolean goesOn = inside && (open || line.stripLeading().startsWith("%%"));
      text.append(inside && goesOn ? "" : line.substring(Math.max(0, inside ? from - 2 : from)));
      return new Comments(open && inside ? "" : text.toString(), goesOn);
    }
  }

  private static String withoutMarks(String line) {
    String left = BLOCK_ID.matcher(line.stripTrailing()).replaceFirst("");
    left = BLOCK_REFERENCE.matcher(left).replaceAll("");
    if (left.indexOf("{{") >= 0 && !left.contains("{{<") && !left.contains("{{%")) {
      left =
          MACRO.matcher(left).replaceAll(macro -> Matcher.quoteReplacement(macro(macro.group(1))));
    }
    boolean emptied = !left.equals(line) && left.chars().noneMatch(Character::isLetterOrDigit);
    return emptied ? "" : left;
  }

  /** A paragraph without the marks of call-outs, {@code [!note]}. */
  static String withoutCallOuts(String text) {
    return text.indexOf("[!") < 0 ? text : CALL_OUT.matcher(text).replaceAll("").strip();
  }

  private static String macro(String inside) {
    String[] parts = inside.strip().split("[ \\t]+", 2);
    boolean time = parts[0].equals("youtube-timestamp") && parts.length == 2;
    if (time) {
      return "[" + clock(parts[1].strip()) + "](#t=" + parts[1].strip() + ")";
    }
    // One word in braces is what people write of templates; macros have parts, but for a few.
    boolean word = inside.chars().allMatch(Character::isLetter);
    return word && !BARE_MACROS.contains(inside.toLowerCase(Locale.ROOT))
        ? "{{" + inside + "}}"
        : "";
  }

  /** Seconds as a time that is read as one. */
  private static String clock(String time) {
    if (!time.matches("\\d{1,6}")) {
      return time;
    }
    int seconds = Integer.parseInt(time);
    return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /**
   * The tags in a text, {@code #weather} and {@code #[[old men]]}, each once; of a nested one, such
   * as {@code #harbour/ropes}, its parts. A number is none, nor is a colour.
   */
  static Set<String> tags(String text) {
    if (text.indexOf('#') < 0) {
      return Set.of();
    }
    Set<String> tags = new LinkedHashSet<>();
    Matcher matcher = TAG.matcher(text);
    while (matcher.find()) {
      String tag = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      boolean named = tag.chars().anyMatch(Character::isLetter);
      boolean colour = tag.matches("(?i)(?:[0-9a-f]{3}){1,2}") && !tag.matches("[a-z]+");
      if (named && !colour) {
        tags.addAll(parts(tag));
      }
    }
    return tags;
  }

  private static Set<String> parts(String tag) {
    Set<String> parts = new LinkedHashSet<>();
    for (String part : tag.split("/")) {
      String words = part.replace('_', ' ').strip();
      if (!words.isEmpty()) {
        parts.add(words);
      }
    }
    return parts;
  }
}
