package dev.earmark.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.model.Anchor;
import dev.earmark.model.Episode;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.Speaker;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A note of an episode or a search in Markdown, as Obsidian and its kin keep notes: front matter,
 * then a block quotation a hit, signed with who says it and a link to the second.
 *
 * <pre>
 * &gt; We have to wait for the evening tide.
 * &gt; — Ben Orr, [0:11](http://127.0.0.1:7070/e/quay?t=11)
 *
 * ^em-5d41402abc4b
 * </pre>
 *
 * <p>The id of a block comes from the episode, the source, the time and the words of its moment, so
 * it stays the same whatever was searched for and in whichever index. The key {@code earmark} of
 * the front matter says whose note it is: the path of the episode's page or of the search.
 *
 * <p>Not thread-safe.
 *
 * @see <a href="https://help.obsidian.md/links">Obsidian, links to a block</a>
 */
final class VaultNote implements SearchWriter {
  /** The key of the front matter that says what a note is of. */
  static final String KEY = "earmark";

  static final String BLOCK = "em-";

  private static final int ID_BYTES = 6;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What Markdown, or a program that keeps notes, would not show as it is written. */
  private static final Pattern MARKUP =
      Pattern.compile(
          "[\\\\`*_{\\[<~&|$]|](?=\\()|=(?==)|(?<==)=|%(?=%)|(?<=%)%|\\((?=\\()|(?<=\\()\\(|#(?=\\S)"
              + "|\\^(?=[\\w-]+$)|^[+>=-]");

  private static final Pattern LIST_NUMBER = Pattern.compile("^(\\d{1,9})([.)])");

  private final Asked asked;
  private final String address;
  private final @Nullable Episode episode;
  private final Function<Episode, String> fileName;

  private VaultNote(
      Asked asked, String address, @Nullable Episode episode, Function<Episode, String> fileName) {
    this.asked = asked;
    this.address = address;
    this.episode = episode;
    this.fileName = fileName;
  }

  /**
   * A note of a search, each of whose quotations names its episode.
   *
   * @param fileName how the note of an episode is called in the vault, without its ending
   */
  static VaultNote ofSearch(Asked asked, Function<Episode, String> fileName) {
    return new VaultNote(asked, asked.page().substring(asked.base().length()), null, fileName);
  }

  /** A note of an episode. */
  static VaultNote ofEpisode(Asked asked, Episode episode) {
    return new VaultNote(asked, address(episode), episode, each -> each.title());
  }

  /** The path by which the note of an episode is known. */
  static String address(Episode episode) {
    return Links.of(episode, null, null).page();
  }

  String address() {
    return address;
  }

  /** What it is called. */
  String title() {
    return HitText.oneLine(episode == null ? asked.title() : episode.title());
  }

  @Override
  public String begin() {
    StringBuilder head = new StringBuilder("---\n");
    key(head, KEY, quoted(address));
    if (episode == null) {
      // No title: beside the recordings that it names it would be taken for one of theirs.
      key(head, "search", quoted(title()));
    } else {
      episodeKeys(head, episode);
    }
    return head.append("---\n").toString();
  }

  private static void episodeKeys(StringBuilder head, Episode episode) {
    key(head, "title", quoted(episode.title()));
    key(head, "show", quoted(episode.show()));
    key(head, "date", episode.date() == null ? null : episode.date().toString());
    Long duration = episode.durationMs();
    key(head, "duration", duration == null ? null : quoted(Timestamp.clamped(duration).clock()));
    key(head, "language", quoted(episode.language()));
    list(head, "speakers", episode.speakers().stream().map(Speaker::name).toList());
    list(head, "topics", episode.topics());
    Media media = episode.media();
    key(head, "youtube", quoted(media.youtube()));
    key(head, "audio", remote(media.audio()));
    key(head, "video", remote(media.video()));
    key(head, "page", remote(media.page()));
  }

  private static @Nullable String remote(@Nullable String address) {
    return address == null || !Media.isRemote(address) ? null : quoted(address);
  }

  private static void key(StringBuilder head, String key, @Nullable String value) {
    if (value != null) {
      head.append(key).append(": ").append(value).append('\n');
    }
  }

  private static void list(StringBuilder head, String key, List<String> values) {
    if (!values.isEmpty()) {
      head.append(key).append(":\n");
      values.forEach(value -> head.append("  - ").append(quoted(value)).append('\n'));
    }
  }

  /** A text as JSON has it, which YAML reads. */
  private static @Nullable String quoted(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return MAPPER.writeValueAsString(HitText.oneLine(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text is always JSON", e);
    }
  }

  @Override
  public String hit(Hit hit) {
    Moment moment = hit.moment().moment();
    StringBuilder block = new StringBuilder("\n> ");
    block.append(markdown(moment.text())).append('\n');
    StringBuilder signed = new StringBuilder();
    if (moment.speaker() != null) {
      signed.append(markdown(moment.speaker()));
    }
    if (episode == null) {
      signed.append(signed.isEmpty() ? "" : ", ");
      signed.append("[[").append(fileName.apply(hit.episode())).append("]]");
    }
    Long at = hit.atMs();
    if (at != null) {
      signed
          .append(signed.isEmpty() ? "" : ", ")
          .append(moment.anchor() instanceof Anchor.Estimated ? "about [" : "[");
      signed.append(Timestamp.clamped(at).clock()).append("](").append(asked.base());
      signed.append(Links.of(hit.episode(), at, null).page()).append(')');
    }
    if (!signed.isEmpty()) {
      block.append("> — ").append(signed).append('\n');
    }
    return block.append("\n^").append(blockId(hit)).append('\n').toString();
  }

  @Override
  public String end() {
    return "";
  }

  /** Names the block of a hit: {@code em-} and twelve hexadecimal digits. */
  static String blockId(Hit hit) {
    Moment moment = hit.moment().moment();
    String start = moment.anchor().span().map(span -> Long.toString(span.startMs())).orElse("");
    String whole =
        String.join(
            "\n", hit.episode().id(), hit.moment().source(), start, HitText.oneLine(moment.text()));
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
      return BLOCK + HexFormat.of().formatHex(sum, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Text on one line, in which no sign is taken for markup. */
  private static String markdown(String text) {
    String escaped = MARKUP.matcher(HitText.oneLine(text)).replaceAll("\\\\$0");
    return LIST_NUMBER.matcher(escaped).replaceFirst("$1\\\\$2");
  }
}
