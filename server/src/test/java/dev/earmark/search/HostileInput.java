package dev.earmark.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Strings and queries that break programs: our own, and those that others collected where {@code
 * ../shared} is there.
 */
public final class HostileInput {
  private static final Path OTHERS = Corpora.SHARED.resolve("conformance");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As titles, names, words and ids: of every kind some. */
  private static final List<String> STRINGS =
      List.of(
          // Words that mean something to some language or program.
          "null",
          "undefined",
          "NaN",
          "-Infinity",
          "true",
          "None",
          "[object Object]",
          "0x1F",
          "1e309",
          "00012",
          "1,000.00",
          "12:60:61",
          "2024-02-30",
          "~",
          ".",
          "..",
          "-",
          "--help",
          "con",
          "LPT1",
          // Marks of queries, of YAML, of JSON and of Markdown.
          "\"",
          "'",
          "''\"''",
          "\\",
          "\\\"",
          "{}[]()<>",
          "{{7*7}}",
          "${7*7}",
          "#{7*7}",
          "%s %n %d %x",
          "%00%0a",
          "key: value",
          "- item",
          "*anchor &alias !!tag",
          "| block\n  text",
          "[a](javascript:alert(1))",
          "`code` **bold** _it_",
          "| a | b |\n|---|---|",
          "=1+1",
          "@SUM(A1:A2)",
          "+41 44 000 00 00",
          // Markup and scripts.
          "<b>bold</b>",
          "<script>alert('lamp')</script>",
          "</script><script>alert(1)</script>",
          "</title><script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "<svg onload=alert(1)>",
          "<iframe src=//evil.example></iframe>",
          "<a href=\"javascript:alert(1)\">x</a>",
          "javascript:alert(1)",
          "JaVaScRiPt:alert(1)",
          "java\tscript:alert(1)",
          "data:text/html,<script>alert(1)</script>",
          "vbscript:msgbox(1)",
          "<style>*{display:none}</style>",
          "<base href=//evil.example/>",
          "<!-- not closed",
          "<![CDATA[ lamp ]]>",
          "]]>",
          "&lt;b&gt; &amp; &nbsp; &#0; &#x110000;",
          "<v Mara>lamp</v> --> 00:01.000",
          "-->",
          "WEBVTT",
          // Addresses and paths.
          "../../etc/passwd",
          "..\\..\\windows\\win.ini",
          "/etc/passwd",
          "C:\\",
          "file:///etc/passwd",
          "//evil.example/a",
          "http://127.0.0.1:1/",
          "https://user:secret@evil.example/",
          "a/b/c",
          "a?b=c&d=e#f",
          "a%2fb",
          // Other languages of queries and commands.
          "'; DROP TABLE moments; --",
          "1' OR '1'='1",
          "$(touch /tmp/lamp)",
          "`touch /tmp/lamp`",
          "; ls -la",
          "*:*",
          "{\"$gt\": \"\"}",
          "(?:(?:a+)+)+$",
          // Letters and marks of all kinds.
          "ÅÍÎÏ˝ÓÔ ñ ß ﬁ Ω",
          "İstanbul ıŞğ",
          "the\u0301 lamp\u0323\u0307",
          "Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324a\u0489\u0321l\u0344go",
          "\u05D4\u05DE\u05E0\u05D5\u05E8\u05D4",
          "\u0627\u0644\u0645\u0646\u0627\u0631\u0629 1\u060C2",
          "\u202Eevil\u202C",
          "\u2067lamp\u2069 \u200F",
          "\u706F\u53F0 \u706F\u5854\u3002\uFF01",
          "\u30D5\uFF9E\uFF97\uFF9D\uFF8C\uFF9F",
          "\u0E1B\u0E23\u0E30\u0E20\u0E32\u0E04\u0E32\u0E23",
          "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDDE8\uD83C\uDDED \u2764\uFE0F",
          "\uD835\uDCD5\uD835\uDCEA\uD835\uDCF7\uD835\uDCEC\uD835\uDD02",
          "\u2460\u2461 \u2167 \u00BD \u0663\u0664",
          "a\u00ADb\u200Bc\u2060d\uFEFFe",
          "\u00A0\u2003\u3000",
          "\u0001\u0007\u001B[31mred\u001B[0m",
          "a\u0000b",
          "line\rline\nline\u2028line\u2029line\u0085line",
          "\uD800",
          "\uFFFE\uFFFF",
          " lamp ",
          "",
          "lamp".repeat(500),
          "a ".repeat(500));

  /** What people type who know another search, and what no grammar takes. */
  private static final List<String> QUERIES =
      List.of(
          "lamp AND boat",
          "lamp && boat || harbour",
          "NOT lamp",
          "!lamp",
          "lamp NOT",
          "AND",
          "OR OR OR",
          "lamp OR",
          "(lamp",
          "lamp)",
          "((((lamp))))",
          "()",
          "( ) OR ( )",
          "\"lamp",
          "lamp\"boat",
          "\"\"",
          "\" \"",
          "\"lamp\" \"",
          "\"lamp boat\"~",
          "\"lamp boat\"~0",
          "\"lamp boat\"~-1",
          "\"lamp boat\"~99999999999",
          "\"lamp boat\"~2.5",
          "lamp~",
          "lamp~2",
          "lamp~0.8",
          "~lamp",
          "la*",
          "*",
          "**",
          "*lamp",
          "l?mp",
          "la*mp",
          "/la.p/",
          "lamp^2",
          "lamp^-1.5e9",
          "[a TO b]",
          "{a TO *}",
          "date:[2020 TO 2021]",
          ">=2020",
          "+",
          "-",
          "+-lamp",
          "--lamp",
          "+ lamp",
          "- lamp",
          "+(lamp boat) -(harbour)",
          "-lamp -boat",
          "speaker:",
          "speaker:\"",
          "speaker:(Mara OR Ben)",
          ":lamp",
          "::",
          "a:b:c",
          "nofield:lamp",
          "speaker:speaker:Mara",
          "-speaker:Mara",
          "+kind:quote",
          "kind:nothing",
          "after:",
          "after:yesterday",
          "after:2024-13-45",
          "before:0000-00-00",
          "from:",
          "from:-1",
          "from:1:2:3:4:5",
          "to:99999999999999",
          "lang:",
          "lang:xx-YY-zz",
          "episode:../..",
          "site:example.com lamp",
          "intitle:lamp",
          "lamp filetype:vtt",
          "lamp|boat",
          "lamp & boat",
          "lamp, boat; harbour.",
          "#lamp @mara",
          "\\+lamp \\\"boat\\\"",
          "lamp\\",
          "\u201Clamp boat\u201D",
          "\u00ABlamp\u00BB \u201Eboat\u201C",
          "lamp\u2019s",
          "lamp\u2014boat",
          "\u706F\u53F0\u3000\u8239",
          "\"\u706F\u53F0\"~3",
          "1 2 3 4 5 6 7 8 9",
          "1/2 + 3 = 3.5",
          "ten million and one",
          "$1,000,000.00 %",
          "to be or not to be",
          "a",
          "the the the",
          "lamp ".repeat(400),
          "(".repeat(300) + "lamp" + ")".repeat(300),
          "\"".repeat(301),
          "-".repeat(500),
          "lamp OR ".repeat(40),
          "x".repeat(5_000));

  private HostileInput() {}

  /** Our own strings, then those of others. */
  public static List<String> strings() throws IOException {
    List<String> all = new ArrayList<>(STRINGS);
    all.addAll(others("strings.jsonl"));
    return all;
  }

  /** Our own queries, then those of others. */
  public static List<String> queries() throws IOException {
    List<String> all = new ArrayList<>(QUERIES);
    all.addAll(others("queries.jsonl"));
    return all;
  }

  /** Skips a test that shows no more than others do, unless the input of others is there. */
  public static void assumeOthers(String what) {
    Assumptions.assumeTrue(
        Files.isDirectory(OTHERS),
        () -> what + " (" + OTHERS + " is not there; our own were tried)");
  }

  private static List<String> others(String file) throws IOException {
    List<String> all = new ArrayList<>();
    if (Files.isDirectory(OTHERS)) {
      for (String line : Files.readAllLines(OTHERS.resolve(file))) {
        JsonNode row = JSON.readTree(line);
        all.add(row.path("query").asText(row.path("value").asText(row.path("input").asText())));
      }
    }
    return all;
  }
}
