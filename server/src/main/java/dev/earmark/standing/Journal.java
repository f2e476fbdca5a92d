package dev.earmark.standing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of standing searches, a JSON object a line, each on disk before the next step is
 * taken: {@code known} (an episode in this state was asked), {@code message} (this is to be sent),
 * {@code failed}, {@code sent} and {@code dead}.
 *
 * <p>A process that is ended while it writes leaves half a line, which the next one drops: what it
 * said is then found again, under the same id. One process at a time has the journal. Not
 * thread-safe.
 */
final class Journal implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** From this size on it is looked whether it can be shorter. */
  private static final long LARGE = 1 << 20;

  /** How many entries of a feed are kept. */
  static final int A_FEED = 100;

  private final Path file;
  private final FileChannel lock;
  private FileChannel out;
  private final Map<String, Map<String, String>> known = new HashMap<>();
  private final Map<String, Set<String>> seen = new HashMap<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Map<String, List<Message>> fed = new HashMap<>();

  /**
   * A message that was not sent yet.
   *
   * @param tries how often it failed
   * @param nextMs when it is due, in milliseconds since 1970
   * @param why it failed last; empty if it was never tried
   * @param dead whether it is no longer tried
   */
  record Waiting(Message message, int tries, long nextMs, String why, boolean dead) {}

  private Journal(Path file, FileChannel lock, FileChannel out) {
    this.file = file;
    this.lock = lock;
    this.out = out;
  }

  /** The journal in a folder; empty if another process has it. */
  static Optional<Journal> open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock taken = lock.tryLock();
      if (taken == null) {
        lock.close();
        return Optional.empty();
      }
    } catch (OverlappingFileLockException e) {
      lock.close();
      return Optional.empty();
    }
    Path file = folder.resolve("journal.jsonl");
    try {
      Journal journal = new Journal(file, lock, channel(file));
      journal.read();
      return Optional.of(journal);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void read() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    int line = 0;
    int from = 0;
    for (int i = 0; i < end; i++) {
      if (bytes[i] == '\n') {
        line++;
        try {
          take(JSON.readTree(bytes, from, i - from));
        } catch (JsonProcessingException | IllegalArgumentException e) {
          throw new StandingException(
              "line "
                  + line
                  + " of "
                  + file
                  + " is damaged; move that file elsewhere: what was"
                  + " found until now is then taken for new");
        }
        from = i + 1;
      }
    }
    out.truncate(end);
    out.position(end);
    if (end > LARGE) {
      shorten(end);
    }
  }

  private void take(JsonNode line) throws JsonProcessingException {
    String id = line.path("id").asText();
    switch (line.path("type").asText()) {
      case "known" ->
          known
              .computeIfAbsent(line.path("search").asText(), absent -> new TreeMap<>())
              .put(line.path("episode").asText(), line.path("fingerprint").asText());
      case "seen" ->
          line.path("keys")
              .forEach(key ->
                  seen(
                          line.path("search").asText(),
                          Message.Channel.valueOf(line.path("channel").asText()))
                      .add(key.asText()));
      case "message" -> take(JSON.treeToValue(line.path("message"), Message.class));
      case "failed", "dead" -> {
        Waiting before = waiting.get(id);
        if (before != null) {
          waiting.put(
              id,
              new Waiting(
                  before.message(),
                  line.path("tries").asInt(),
                  line.path("next").asLong(),
                  line.path("why").asText(),
                  line.path("type").asText().equals("dead")));
        }
      }
      case "sent" -> waiting.remove(id);
      default -> throw new IllegalArgumentException("no type " + line);
    }
  }

  private void take(Message message) {
    seen(message.search(), message.channel()).addAll(message.keys());
    if (message.channel() == Message.Channel.FEED) {
      List<Message> feed = fed.computeIfAbsent(message.search(), absent -> new ArrayList<>());
      feed.add(message);
      if (feed.size() > A_FEED) {
        feed.removeFirst();
      }
    } else {
      waiting.put(message.id(), new Waiting(message, 0, 0, "", false));
    }
  }

  private Set<String> seen(String search, Message.Channel channel) {
    return seen.computeIfAbsent(search + ' ' + channel, absent -> new HashSet<>());
  }

  /** Whether a search was told of a moment in this way. */
  boolean isSeen(String search, Message.Channel channel, String key) {
    return seen(search, channel).contains(key);
  }

  /** The state in which an episode was asked; null if it never was. */
  @Nullable String known(String search, String episode) {
    return known.getOrDefault(search, Map.of()).get(episode);
  }

  /** Notes what an episode gave, and that it was asked, in one step. */
  void asked(String search, String episode, String fingerprint, List<Message> messages)
      throws IOException {
    List<ObjectNode> lines = new ArrayList<>();
    messages.forEach(message -> lines.add(line(message)));
    lines.add(line(search, episode, fingerprint));
    append(lines);
  }

  /** Notes that some episodes, by their fingerprints, are nothing new to a search. */
  void know(String search, Map<String, String> episodes) throws IOException {
    List<ObjectNode> lines = new ArrayList<>();
    episodes.forEach((episode, fingerprint) -> lines.add(line(search, episode, fingerprint)));
    append(lines);
  }

  private static ObjectNode line(String search, String episode, String fingerprint) {
    return JSON.createObjectNode()
        .put("type", "known")
        .put("search", search)
        .put("episode", episode)
        .put("fingerprint", fingerprint);
  }

  private static ObjectNode line(Message message) {
    ObjectNode line = JSON.createObjectNode().put("type", "message");
    line.set("message", JSON.valueToTree(message));
    return line;
  }

  void sent(String id) throws IOException {
    append(List.of(JSON.createObjectNode().put("type", "sent").put("id", id)));
  }

  void failed(String id, int tries, long nextMs, String why, boolean dead) throws IOException {
    append(List.of(line(id, tries, nextMs, why, dead)));
  }

  private static ObjectNode line(String id, int tries, long nextMs, String why, boolean dead) {
    return JSON.createObjectNode()
        .put("type", dead ? "dead" : "failed")
        .put("id", id)
        .put("tries", tries)
        .put("next", nextMs)
        .put("why", why);
  }

  /** What was not sent yet, the oldest first. */
  Collection<Waiting> waiting() {
    return List.copyOf(waiting.values());
  }

  /** What the feed of a search has, the oldest first. */
  List<Message> feed(String search) {
    return List.copyOf(fed.getOrDefault(search, List.of()));
  }

  private void append(List<ObjectNode> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (ObjectNode line : lines) {
      text.append(JSON.writeValueAsString(line)).append('\n');
    }
    write(out, text);
    for (ObjectNode line : lines) {
      take(line);
    }
  }

  private static void write(FileChannel to, CharSequence text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
    to.force(false);
  }

  /** Writes what still matters into a new file, if that is much shorter. */
  private void shorten(long size) throws IOException {
    StringBuilder text = new StringBuilder();
    List<ObjectNode> lines = new ArrayList<>();
    seen.forEach((key, keys) -> {
      int space = key.lastIndexOf(' ');
      ObjectNode line =
          JSON.createObjectNode()
              .put("type", "seen")
              .put("search", key.substring(0, space))
              .put("channel", key.substring(space + 1));
      keys.stream().sorted().forEach(line.putArray("keys")::add);
      lines.add(line);
    });
    fed.values().forEach(feed -> feed.forEach(message -> lines.add(line(message))));
    waiting
        .values()
        .forEach(one -> {
          lines.add(line(one.message()));
          if (one.tries() > 0 || one.dead()) {
            lines.add(line(one.message().id(), one.tries(), one.nextMs(), one.why(), one.dead()));
          }
        });
    known.forEach((search, episodes) ->
        episodes.forEach((episode, print) -> lines.add(line(search, episode, print))));
    for (ObjectNode line : lines) {
      text.append(JSON.writeValueAsString(line)).append('\n');
    }
    if (text.length() > size / 2) {
      return;
    }
    Path fresh = file.resolveSibling("journal.jsonl.new");
    Files.deleteIfExists(fresh);
    try (FileChannel to = channel(fresh)) {
      write(to, text);
    }
    out.close();
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    out = channel(file);
    out.position(out.size());
  }

  @Override
  public void close() throws IOException {
    out.close();
    lock.close();
  }
}
