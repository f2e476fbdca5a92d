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
 * <p>What stands between {@code <!-- figures: run COMMAND -->} and {@code <!-- end of figures -->}
 * says on what machine and day the command measured. Up to the next such line, what stands behind
 * {@code <!-- figures: TITLE -->} is the table of its report whose title begins so. Other text is
 * left as it is, and so are tables that the report does not have. Stateless.
 */
final class Ledger {
  private static final Pattern BLOCK =
      Pattern.compile("(<!-- figures: (.+?) -->\n)(?s:.*?)(<!-- end of figures -->)");

  private Ledger() {}

  /**
   * Writes the figures of a report into a document.
   *
   * @param command the command that measured, such as {@code bench quality}
   * @param machine what it was measured on, and when
   * @return the titles that were written; none if the document has no place for any
   */
  static Set<String> write(Path document, Report report, String command, String machine)
      throws IOException {
    Set<String> written = new LinkedHashSet<>();
    Matcher blocks = BLOCK.matcher(Files.readString(document));
    StringBuilder text = new StringBuilder();
    boolean ofThisRun = false;
    while (blocks.find()) {
      String title = blocks.group(2);
      boolean isRun = title.startsWith("run ");
      ofThisRun = isRun ? title.equals("run " + command) : ofThisRun;
      Optional<String> figures =
          !ofThisRun
              ? Optional.empty()
              : isRun
                  ? Optional.of("`./earmark " + command + "`, " + machine)
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
