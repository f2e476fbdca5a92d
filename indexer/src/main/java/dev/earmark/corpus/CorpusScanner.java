package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Problem;
import dev.earmark.text.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the episodes in files, folders and feeds. Opens manifests and feeds, but no source.
 *
 * <p>Folders are walked in the order of their names; hidden files, and files that every project has
 * and that are about no recording (licences, readme files, programs), are passed over unless a path
 * names them. A feed is an RSS or Atom file, wherever it lies, or an address. The result is the
 * same whatever order the file system lists in. Stateless.
 */
public final class CorpusScanner {
  private static final String MANIFEST = "episode.yaml";
  private static final int MOST_DEPTH = 40;
  private static final Pattern QUALIFIER =
      Pattern.compile(
          "(?i)\\.(chapters?|transcript|captions?|subtitles?|subs?|info|notes|summary|article"
              + "|words|metadata|meta|auto|[a-z]{2,3}([-_][a-z0-9]{2,8})?)$");
  private static final Set<String> NOT_SOURCES =
      Set.of(
          "readme",
          "license",
          "licence",
          "copying",
          "contributing",
          "changelog",
          "changes",
          "provenance",
          "notice",
          "code_of_conduct",
          "style",
          "makefile",
          "_index");
  private static final Set<String> NOT_READ =
      Set.of(
          "py", "js", "ts", "java", "sh", "rb", "css", "png", "jpg", "jpeg", "gif", "svg", "webp",
          "mp3", "m4a", "mp4", "ogg", "opus", "wav", "flac", "webm", "mkv", "mov", "pdf", "zip",
          "gz", "class", "jar", "lock", "toml", "ini", "cfg", "log");

  private final List<EpisodeInput> episodes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final FeedEpisodes feeds;

  private CorpusScanner(Fetcher fetcher) {
    this.feeds = new FeedEpisodes(fetcher, problems);
  }

  /**
   * What was found.
   *
   * @param episodes in the order of the paths and names
   * @param problems paths that are not there, manifests and feeds that cannot be used
   * @param feeds the paths and addresses of the feeds that were read
   */
  public record Scan(List<EpisodeInput> episodes, List<Problem> problems, Set<String> feeds) {}

  /** Finds the episodes in files and folders; never throws for what lies there. */
  public static Scan scan(List<Path> paths) {
    return scan(CorpusLocation.ofPaths(paths), Fetcher.none());
  }

  /**
   * Finds the episodes in files, folders and feeds; never throws for what is there.
   *
   * @param fetcher fetches feeds; what their items link to is fetched when it is read
   */
  public static Scan scan(List<CorpusLocation> locations, Fetcher fetcher) {
    CorpusScanner scanner = new CorpusScanner(fetcher);
    for (CorpusLocation location : locations) {
      switch (location) {
        case CorpusLocation.Local local -> scanner.scan(local.path());
        case CorpusLocation.Address address ->
            scanner.feeds.addAddress(address.address(), scanner.episodes);
      }
    }
    return new Scan(withUniqueIds(scanner.episodes), scanner.problems, scanner.feeds.read());
  }

  private void scan(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      int before = episodes.size();
      int problemsBefore = problems.size();
      scanFolder(absolute);
      if (episodes.size() == before && problems.size() == problemsBefore) {
        problems.add(
            error(
                "nothing-to-index",
                path,
                "holds nothing to index; put transcripts or notes there"));
      }
    } else if (Files.exists(absolute)) {
      group(List.of(absolute));
    } else {
      problems.add(error("no-such-path", path, "there is no such file or folder"));
    }
  }

  private static Problem error(String code, Path path, String message) {
    return new Problem(Problem.Severity.ERROR, code, path.toString(), 0, message, null);
  }

  private void scanFolder(Path folder) {
    Map<Path, List<Path>> byFolder = new TreeMap<>();
    try (Stream<Path> walk =
        Files.walk(
            folder,
            MOST_DEPTH,
            EnumSet.noneOf(FileVisitOption.class).toArray(new FileVisitOption[0]))) {
      walk.filter(file -> !isHidden(folder, file) && Files.isRegularFile(file))
          .forEach(file ->
              byFolder.computeIfAbsent(file.getParent(), key -> new ArrayList<>()).add(file));
    } catch (IOException | UncheckedIOException e) {
      problems.add(error("cannot-walk", folder, "cannot be walked: " + e.getMessage()));
      return;
    }
    for (Map.Entry<Path, List<Path>> entry : byFolder.entrySet()) {
      List<Path> files = new ArrayList<>(entry.getValue());
      files.sort(null);
      Path manifest = entry.getKey().resolve(MANIFEST);
      if (files.remove(manifest)) {
        addWithManifest(manifest, entry.getKey(), sourcesAmong(files));
      } else {
        group(sourcesAmong(files));
      }
    }
  }

  private static boolean isHidden(Path root, Path file) {
    for (Path part : root.relativize(file)) {
      if (part.toString().startsWith(".") && !part.toString().equals(".")) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> sourcesAmong(List<Path> files) {
    return files.stream().filter(CorpusScanner::mayBeSource).toList();
  }

  private static boolean mayBeSource(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    String base = dot < 0 ? name : name.substring(0, dot);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return !NOT_SOURCES.contains(base) && !NOT_READ.contains(extension);
  }

  /** Joins files of one folder that share a stem. */
  private void group(List<Path> files) {
    Map<String, List<Path>> byStem =
        files.stream()
            .collect(
                Collectors.groupingBy(
                    CorpusScanner::stem, LinkedHashMap::new, Collectors.toList()));
    for (List<Path> sharing : byStem.values()) {
      List<Path> sources = new ArrayList<>();
      Path manifest = null;
      for (Path file : sharing) {
        if (isYaml(file)) {
          manifest = file;
        } else if (feeds.isFeed(file)) {
          feeds.addFile(file, episodes);
        } else {
          sources.add(file);
        }
      }
      if (manifest != null) {
        addWithManifest(manifest, manifest, sources);
      } else if (!sources.isEmpty()) {
        Path first = sources.getFirst();
        episodes.add(
            new EpisodeInput(
                slug(stem(first)),
                first.toString(),
                folderOf(first),
                null,
                EpisodeFields.NONE,
                sources.stream().map(SourceInput::file).toList()));
      }
    }
  }

  private static String folderOf(Path origin) {
    Path parent = origin.getParent();
    Path folder = parent == null ? null : parent.getFileName();
    return folder == null ? "" : folder.toString();
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /** The name without its extension and what qualifies it: {@code 042.en.chapters.json} is 042. */
  static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot <= 0 ? name : name.substring(0, dot);
    String shorter = QUALIFIER.matcher(stem).replaceFirst("");
    while (!shorter.equals(stem) && !shorter.isEmpty()) {
      stem = shorter;
      shorter = QUALIFIER.matcher(stem).replaceFirst("");
    }
    return stem;
  }

  private void addWithManifest(Path file, Path origin, List<Path> found) {
    Manifest manifest;
    try {
      manifest = Manifest.read(file);
    } catch (Manifest.BadManifestException e) {
      problems.add(
          new Problem(
              Problem.Severity.ERROR,
              "bad-manifest",
              file.toString(),
              e.line,
              String.valueOf(e.getMessage()),
              "its episode is left as it was; correct the file and index again"));
      return;
    } catch (IOException e) {
      problems.add(error("cannot-read", file, "cannot be read: " + e.getMessage()));
      return;
    }
    List<SourceInput> sources = new ArrayList<>();
    if (manifest.sources().isEmpty()) {
      found.forEach(path -> sources.add(SourceInput.file(path)));
    } else {
      for (Manifest.Source source : manifest.sources()) {
        Path path = inside(file.resolveSibling(""), source.file());
        if (path == null || !Files.isRegularFile(path)) {
          problems.add(
              error(
                  "no-such-source",
                  file,
                  "sources: there is no file \"" + source.file() + "\" beside it"));
          continue;
        }
        sources.add(SourceInput.file(path, source.format()));
      }
    }
    String id = manifest.fields().id();
    String fallback = origin.equals(file) ? stem(file) : origin.getFileName().toString();
    episodes.add(
        new EpisodeInput(
            slug(id != null ? id : fallback),
            origin.toString(),
            folderOf(origin),
            file,
            manifest.fields(),
            sources));
  }

  /** The file of that name, if it lies in the folder or below. */
  static @Nullable Path inside(Path folder, String name) {
    try {
      Path path = folder.resolve(name).normalize();
      return path.startsWith(folder.normalize()) ? path : null;
    } catch (java.nio.file.InvalidPathException e) {
      return null;
    }
  }

  /**
   * A name as an id: its words with hyphens for all that lies between them, never empty, at most
   * 100 characters.
   */
  static String slug(String name) {
    Words words = Words.of(name);
    StringBuilder joined = new StringBuilder(name.length());
    for (int i = 0; i < words.count(); i++) {
      // Letters and digits that touch, as in "S01E02", stay together.
      boolean apart = i > 0 && words.end(i - 1) < words.start(i);
      joined.append(apart ? "-" : "").append(words.folded(i));
    }
    String slug =
        joined.toString().replaceAll("[^\\p{L}\\p{N}\\p{M}]+", "-").replaceAll("^-|-$", "");
    if (slug.isEmpty()) {
      slug = "episode-" + hash(name);
    }
    return slug.length() <= 100 ? slug : slug.substring(0, 92) + "-" + hash(name);
  }

  /**
   * Episodes of one name get the name of their folder or show before it, and if that is not enough
   * a hash of their path; an episode whose name is alone keeps it.
   */
  private static List<EpisodeInput> withUniqueIds(List<EpisodeInput> episodes) {
    Map<String, EpisodeInput> byOrigin = new LinkedHashMap<>();
    episodes.forEach(episode -> byOrigin.putIfAbsent(episode.origin(), episode));
    List<EpisodeInput> once = List.copyOf(byOrigin.values());
    List<EpisodeInput> withFolder =
        renameShared(
            once,
            episode ->
                episode.group().isEmpty()
                    ? episode.id()
                    : slug(episode.group() + " " + episode.id()));
    return renameShared(withFolder, episode -> toldApart(episode).id());
  }

  /** The episode under an id that its path makes its own. */
  public static EpisodeInput toldApart(EpisodeInput episode) {
    return episode.withId(episode.id() + "-" + hash(episode.origin()));
  }

  private static List<EpisodeInput> renameShared(
      List<EpisodeInput> episodes, Function<EpisodeInput, String> rename) {
    Map<String, Long> uses =
        episodes.stream().collect(Collectors.groupingBy(EpisodeInput::id, Collectors.counting()));
    return episodes.stream()
        .map(e -> uses.getOrDefault(e.id(), 0L) > 1 ? e.withId(rename.apply(e)) : e)
        .toList();
  }

  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 3);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
