package dev.earmark.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the figures of a document up to date.
 *
 * <p>What stands between {@code <!-- figures: TITLE -->} and {@code <!-- end of figures -->} is a
 * table of a report, the one whose title begins so; {@code run NAME} is the line that says on what
 * machine, on what day and by what command NAME it was measured. Other text is left as it is, and
 * so are tables that the report does not have. Stateless.
 */
final class Ledger {
  private static final Pattern BLOCK =
      Pattern.compile("(<!-- figures: (.+?) -->\n)(?s:.*?)(<!-- end of figures -->)");

  private Ledger() {}

  /**
   * Writes the figures of a report into a document.
   *
   * @param name the command that measured, such as {@code quality}
   * @param run what it was measured on, when and how
   * @return the titles that were written; none if the document has no place for any
   */
  static Set<String> write(Path document, Report report, String name, String run)
      throws IOException {
    Set<String> written = new LinkedHashSet<>();
    Matcher blocks = BLOCK.matcher(Files.readString(document));
    StringBuilder text = new StringBuilder();
    while (blocks.find()) {
      String title = blocks.group(2);
      Optional<String> figures =
          title.equals("run " + name)
              ? Optional.of(run + "\n")
              : report.tables().stream()
                  .filter(table -> table.title().startsWith(title))
                  .map(table -> Report.text(List.of(table)))
                  .findFirst();
      figures.ifPresent(found -> written.add(title));
      String block =
          figures.isEmpty()
              ? blocks.group()
              : blocks.group(1) + "\n" + figures.get().strip() + "\n\n" + blocks.group(3);
      blocks.appendReplacement(text, Matcher.quoteReplacement(block));
    }
    blocks.appendTail(text);
    Files.writeString(document, text, StandardCharsets.UTF_8);
    return written;
  }
}
