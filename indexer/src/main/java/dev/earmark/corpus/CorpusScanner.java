package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Media;
import dev.earmark.model.Problem;
import dev.earmark.text.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the episodes in files, folders and feeds. Opens manifests and feeds, and of the sources
 * those that may be notes with links to a recording ({@link LinkedNotes}).
 *
 * <p>Folders are walked in the order of their names; hidden files, and files that every project has
 * and that are about no recording (licences, readme files, programs), are passed over unless a path
 * names them. A feed is an RSS or Atom file, wherever it lies, or an address. The result is the
 * same whatever order the file system lists in. Stateless.
 */
public final class CorpusScanner {
  private static final Pattern MANIFEST = Pattern.compile("(?i)episode\\.ya?ml");
  private static final Pattern SHOW = Pattern.compile("(?i)show\\.ya?ml");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int MOST_DEPTH = 40;

  /** A recogniser's files are often named after the recording, with its extension. */
  private static final Pattern QUALIFIER =
      Pattern.compile(
          "(?i)\\.(chapters?|transcript|captions?|subtitles?|subs?|info|notes|summary|article"
              + "|mp3|m4[abv]|mp4|wav|flac|ogg|opus|webm|mkv|mov|aac|wma"
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
          "gz", "edn", "canvas", "base", "m4b", "m4v", "mka", "weba", "oga", "ogv", "aac", "aif",
          "aiff", "aifc", "wma", "wmv", "avi", "mpg", "mpeg", "amr", "3gp", "class", "jar", "lock",
          "toml", "ini", "cfg", "log");

  private final List<EpisodeInput> episodes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final FeedEpisodes feeds;
  private final Map<Path, Manifest> shows = new HashMap<>();
  private final Map<Path, List<SourceRef>> showPictures = new HashMap<>();

  private CorpusScanner(Fetcher fetcher) {
    this.feeds = new FeedEpisodes(fetcher, problems);
  }

  /**
   * What was found.
   *
   * @param episodes in the order of the paths and names
   * @param problems paths that are not there, manifests and feeds that cannot be used
   * @param feeds the paths and addresses of the feeds that were read
   * @param taken the origins of what would be an episode by itself, but belongs to another or is
   *     left out
   */
  public record Scan(
      List<EpisodeInput> episodes, List<Problem> problems, Set<String> feeds, Set<String> taken) {}

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
        case CorpusLocation.Local local -> scanner.scan(local.path(), local.encoding());
        case CorpusLocation.Address address ->
            scanner.feeds.addAddress(address.address(), scanner.episodes);
      }
    }
    List<EpisodeInput> found = List.copyOf(scanner.episodes);
    List<EpisodeInput> whole = SameRecordings.join(once(found), scanner.problems);
    List<EpisodeInput> joined = LinkedNotes.join(whole, scanner.problems);
    Set<String> taken = new LinkedHashSet<>();
    found.forEach(episode -> taken.add(episode.origin()));
    // A file was an episode by itself before others of its name came to lie beside it.
    joined.forEach(episode -> taken.addAll(episode.files()));
    joined.forEach(episode -> taken.remove(episode.origin()));
    return new Scan(withUniqueIds(joined), scanner.problems, scanner.feeds.read(), taken);
  }

  private void scan(Path path, @Nullable Charset encoding) {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      int before = episodes.size();
      int problemsBefore = problems.size();
      scanFolder(absolute, encoding);
      if (episodes.size() == before && problems.size() == problemsBefore) {
        problems.add(
            error(
                "nothing-to-index",
                path,
                "holds nothing to index; put transcripts or notes there"));
      }
    } else if (Files.exists(absolute)) {
      List<Path> beside = new ArrayList<>();
      try (Stream<Path> siblings = Files.list(absolute.resolveSibling(""))) {
        siblings.filter(Files::isRegularFile).sorted().forEach(beside::add);
      } catch (IOException | UncheckedIOException e) {
        // The file can be read though its folder cannot be listed.
      }
      group(List.of(absolute), new Folder(absolute.getParent(), null, beside, encoding));
    } else {
      problems.add(error("no-such-path", path, "there is no such file or folder"));
    }
  }

  private static Problem error(String code, Path path, String message) {
    return new Problem(Problem.Severity.ERROR, code, path.toString(), 0, message, null);
  }

  private void scanFolder(Path folder, @Nullable Charset encoding) {
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
      problems.add(error("cannot-walk", folder, "cannot be listed: " + e.getMessage()));
      return;
    }
    for (Map.Entry<Path, List<Path>> entry : byFolder.entrySet()) {
      List<Path> files = new ArrayList<>(entry.getValue());
      files.sort(null);
      files.stream()
          .filter(CorpusScanner::mayBeSource)
          .filter(file -> CONTROL.matcher(folder.relativize(file).toString()).find())
          .forEach(file ->
              problems.add(
                  new Problem(
                      Problem.Severity.NOTICE,
                      "control-character-in-name",
                      file.toString(),
                      0,
                      "has a control character in its name",
                      "read under a name without it; rename the file")));
      Path manifest = named(MANIFEST, files);
      Folder place = new Folder(entry.getKey(), folder, files, encoding);
      files.remove(named(SHOW, files));
      if (manifest != null) {
        files.remove(manifest);
        leaveOutSecond(manifest, files);
        addWithManifest(manifest, entry.getKey(), sourcesAmong(files), place);
      } else {
        group(sourcesAmong(files), place);
      }
    }
  }

  /** Leaves out the manifests of single files where the folder has one for all of them. */
  private void leaveOutSecond(Path manifest, List<Path> files) {
    Set<String> stems =
        files.stream()
            .filter(file -> !isYaml(file))
            .map(file -> key(stem(file)))
            .collect(Collectors.toSet());
    files.removeIf(file -> {
      boolean second = isYaml(file) && stems.contains(key(stem(file)));
      if (second) {
        problems.add(
            new Problem(
                Problem.Severity.WARNING,
                "two-manifests",
                file.toString(),
                0,
                "is a second manifest beside " + manifest.getFileName(),
                "left out; keep one of them"));
      }
      return second;
    });
  }

  /** The first file of a folder with such a name; null if there is none. */
  private static @Nullable Path named(Pattern name, List<Path> files) {
    return files.stream()
        .filter(file -> name.matcher(file.getFileName().toString()).matches())
        .findFirst()
        .orElse(null);
  }

  /**
   * A folder, the one that was given to be read (null if a file was), all files in it, the encoding
   * that was said of them, and the pictures among them by the stems they may be of.
   */
  private record Folder(
      @Nullable Path path,
      @Nullable Path root,
      List<Path> files,
      @Nullable Charset encoding,
      Map<String, List<SourceRef>> pictures) {
    Folder(@Nullable Path path, @Nullable Path root, List<Path> files, @Nullable Charset encoding) {
      this(path, root, files, encoding, PictureFiles.byStem(files));
    }

    /** The audio and video files that are of the episode, or all if there is no stem. */
    List<Path> recordings(@Nullable String stem) {
      return files.stream()
          .filter(file -> RecordingFile.isAudio(file) || RecordingFile.isVideo(file))
          .filter(file -> stem == null || key(stem(file)).equals(key(stem)))
          .toList();
    }
  }

  /** What {@code show.yaml} of this folder and those above it says, the nearest first. */
  private Manifest inherited(Folder folder) {
    Manifest all = Manifest.NONE;
    for (Path at = folder.path(); at != null; at = at.getParent()) {
      Manifest one = shows.computeIfAbsent(at, this::showIn);
      if (!one.equals(Manifest.NONE)) {
        Map<String, String> labels = new LinkedHashMap<>(one.labels());
        all.labels().forEach(labels::put);
        Map<String, List<String>> heard = new LinkedHashMap<>(one.heard());
        heard.putAll(all.heard());
        Map<String, String> ids = new LinkedHashMap<>(one.ids());
        ids.putAll(all.ids());
        String base = all.mediaBase() != null ? all.mediaBase() : one.mediaBase();
        Charset encoding = all.encoding() != null ? all.encoding() : one.encoding();
        all =
            new Manifest(
                all.fields().orElse(one.fields()),
                List.of(),
                labels,
                heard,
                ids,
                base,
                encoding,
                null);
      }
      if (folder.root() == null || at.equals(folder.root())) {
        break;
      }
    }
    return all;
  }

  /** What the {@code show.yaml} of a folder says; nothing if it has none. */
  private Manifest showIn(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      Path file = named(SHOW, list.filter(Files::isRegularFile).sorted().toList());
      return file == null ? Manifest.NONE : show(file);
    } catch (IOException | UncheckedIOException e) {
      // A folder that cannot be listed is reported where it is walked.
      return Manifest.NONE;
    }
  }

  /** A {@code show.yaml} as the fields that all episodes below share. */
  private Manifest show(Path file) {
    try {
      Manifest read = Manifest.read(file, true);
      EpisodeFields fields = read.fields();
      EpisodeFields shared =
          new EpisodeFields(
              null,
              null,
              fields.show() != null ? fields.show() : fields.title(),
              null,
              null,
              fields.language(),
              fields.speakers(),
              fields.media(),
              fields.topics(),
              null,
              fields.season(),
              null);
      Map<String, String> ids = new LinkedHashMap<>();
      if (shared.show() == null) {
        // It lies above several shows, and whom it names is heard in all of them.
        shared.speakers().forEach(speaker -> ids.put(speaker.name(), People.EVERYWHERE));
        read.labels().values().forEach(name -> ids.put(name, People.EVERYWHERE));
      }
      ids.putAll(read.ids());
      return new Manifest(
          shared,
          List.of(),
          read.labels(),
          heard(file, read),
          ids,
          read.mediaBase(),
          read.encoding(),
          read.image());
    } catch (Manifest.BadManifestException e) {
      problems.add(
          new Problem(
              Problem.Severity.WARNING,
              "bad-manifest",
              file.toString(),
              e.line,
              String.valueOf(e.getMessage()),
              "left out; the episodes below are read without it"));
    } catch (IOException e) {
      problems.add(error("cannot-read", file, "cannot be read: " + e.getMessage()));
    }
    return Manifest.NONE;
  }

  /** The words of a manifest that can be set right; a problem for each that must not be. */
  private Map<String, List<String>> heard(Path file, Manifest manifest) {
    String language = manifest.fields().language();
    List<String> languages = language == null ? List.of("en") : List.of("en", language);
    Map<String, List<String>> usable = new LinkedHashMap<>();
    manifest
        .heard()
        .forEach((right, ways) -> {
          List<String> good = new ArrayList<>();
          for (String way : ways) {
            String wrong = HeardWords.whyNot(right, way, languages);
            if (wrong == null) {
              good.add(way);
            } else {
              problems.add(
                  new Problem(
                      Problem.Severity.WARNING,
                      "heard-too-common",
                      file.toString(),
                      0,
                      "heard: \"" + way + "\" for \"" + right + "\" " + wrong,
                      "left out; write more of what was heard, such as the words beside it"));
            }
          }
          if (!good.isEmpty()) {
            usable.put(right, good);
          }
        });
    return usable;
  }

  /** The episode with what its folder says of it. */
  private EpisodeInput beside(
      EpisodeInput input, String stem, Manifest manifest, Folder folder, List<Path> recordings) {
    Manifest inherited = inherited(folder);
    boolean numbered =
        PathFacts.areNumbered(folder.files().stream().map(CorpusScanner::stem).distinct().toList());
    Path parent = folder.path();
    boolean ofFolder = parent != null && input.origin().equals(parent.toString());
    EpisodeFields guessed =
        PathFacts.of(
            stem,
            ofFolder && parent != null && !parent.equals(folder.root())
                ? parent.getParent()
                : parent,
            folder.root(),
            numbered);
    List<Path> heard = new ArrayList<>();
    Media media = input.fields().media();
    for (String name : Arrays.asList(media.audio(), media.video())) {
      Path path = name == null || parent == null ? null : inside(parent, name);
      if (path != null && Files.isRegularFile(path)) {
        heard.add(path);
      }
    }
    recordings.stream().filter(path -> !heard.contains(path)).forEach(heard::add);
    Map<String, String> labels = new LinkedHashMap<>(inherited.labels());
    labels.putAll(manifest.labels());
    Charset said = manifest.encoding() != null ? manifest.encoding() : inherited.encoding();
    Charset encoding = said != null ? said : folder.encoding();
    Map<String, List<String>> glossary = new LinkedHashMap<>(inherited.heard());
    glossary.putAll(
        input.manifest() == null ? manifest.heard() : heard(input.manifest(), manifest));
    Map<String, String> ids = new LinkedHashMap<>(inherited.ids());
    ids.putAll(manifest.ids());
    return new EpisodeInput(
        input.id(),
        input.origin(),
        input.group(),
        input.manifest(),
        withBase(input.fields(), inherited.mediaBase(), parent),
        input.sources().stream().map(source -> source.in(encoding)).toList(),
        new EpisodeInput.Beside(
            inherited.fields(),
            guessed,
            heard,
            labels,
            glossary,
            ids,
            pictures(input, stem, manifest, folder, ofFolder)));
  }

  /**
   * Where there may be a picture of an episode: what manifests name first, then what lies there.
   */
  private EpisodeInput.Pictures pictures(
      EpisodeInput input, String stem, Manifest manifest, Folder folder, boolean ofFolder) {
    Path parent = folder.path();
    if (parent == null) {
      return EpisodeInput.Pictures.NONE;
    }
    List<SourceRef> own = new ArrayList<>();
    if (manifest.image() != null && input.manifest() != null) {
      named(manifest.image(), input.manifest()).ifPresent(own::add);
    }
    own.addAll(PictureFiles.of(stem, folder.pictures()));
    if (ofFolder) {
      own.addAll(PictureFiles.general(folder.files()));
    }
    List<SourceRef> ofShow = new ArrayList<>();
    for (Path at = parent; at != null; at = at.getParent()) {
      if (!ofFolder || !at.equals(parent)) {
        ofShow.addAll(showPictures.computeIfAbsent(at, this::picturesIn));
      }
      if (folder.root() == null || at.equals(folder.root())) {
        break;
      }
    }
    return new EpisodeInput.Pictures(own, ofShow);
  }

  /** The pictures of the show whose folder this may be. */
  private List<SourceRef> picturesIn(Path folder) {
    List<SourceRef> pictures = new ArrayList<>();
    String image = shows.computeIfAbsent(folder, this::showIn).image();
    if (image != null) {
      named(image, folder.resolve("show.yaml")).ifPresent(pictures::add);
    }
    try (Stream<Path> list = Files.list(folder)) {
      pictures.addAll(PictureFiles.general(list.filter(Files::isRegularFile).sorted().toList()));
    } catch (IOException | UncheckedIOException e) {
      // A folder that cannot be listed is reported where it is walked.
      return pictures;
    }
    return pictures;
  }

  /** The picture that a manifest names; a problem if there is no such file. */
  private Optional<SourceRef> named(String image, Path manifest) {
    if (image.contains("://")) {
      return WebAddress.parse(image).map(address -> new SourceRef.Remote(address, ""));
    }
    Path file = inside(manifest.resolveSibling(""), image);
    if (file == null || !Files.isRegularFile(file)) {
      problems.add(
          new Problem(
              Problem.Severity.WARNING,
              "no-such-image",
              manifest.toString(),
              0,
              "image: there is no file \"" + image + "\" beside it",
              "left out; name a file beside it or below, or an address"));
      return Optional.empty();
    }
    return Optional.of(new SourceRef.LocalFile(file));
  }

  /** The fields with names of media that are no files here made addresses below the base. */
  private static EpisodeFields withBase(
      EpisodeFields fields, @Nullable String base, @Nullable Path folder) {
    Media media = fields.media();
    if (base == null || folder == null || (media.audio() == null && media.video() == null)) {
      return fields;
    }
    Media full =
        new Media(
            media.youtube(),
            address(base, media.audio(), folder),
            address(base, media.video(), folder),
            media.page());
    return EpisodeFields.builder().media(full).build().orElse(fields);
  }

  private static @Nullable String address(String base, @Nullable String name, Path folder) {
    if (name == null || name.contains("://")) {
      return name;
    }
    Path local = inside(folder, name);
    if (local != null && Files.exists(local)) {
      return name;
    }
    String path = URLEncoder.encode(name, StandardCharsets.UTF_8);
    return base + (base.endsWith("/") ? "" : "/") + path.replace("+", "%20").replace("%2F", "/");
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
  private void group(List<Path> files, Folder folder) {
    Map<String, List<Path>> byStem =
        files.stream()
            .collect(
                Collectors.groupingBy(
                    file -> key(stem(file)), LinkedHashMap::new, Collectors.toList()));
    for (List<Path> sharing : byStem.values()) {
      List<Path> sources = new ArrayList<>();
      Path manifest = null;
      for (Path file : sharing) {
        if (isYaml(file)) {
          if (manifest != null) {
            problems.add(
                new Problem(
                    Problem.Severity.WARNING,
                    "two-manifests",
                    file.toString(),
                    0,
                    "is a second manifest beside " + manifest.getFileName(),
                    "this one is used; keep one of them"));
          }
          manifest = file;
        } else if (feeds.isFeed(file)) {
          feeds.addFile(file, episodes);
        } else {
          sources.add(file);
        }
      }
      if (manifest != null) {
        addWithManifest(manifest, manifest, sources, folder);
      } else if (!sources.isEmpty()) {
        Path first = sources.getFirst();
        EpisodeInput input =
            new EpisodeInput(
                slug(stem(first)),
                first.toString(),
                folderOf(first),
                null,
                EpisodeFields.NONE,
                sources.stream().map(SourceInput::file).toList());
        String stem = stem(first);
        episodes.add(beside(input, stem, Manifest.NONE, folder, folder.recordings(stem)));
      }
    }
  }

  /** Names that differ only in case, or in how accents are encoded, are one. */
  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
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

  private void addWithManifest(Path file, Path origin, List<Path> found, Folder folder) {
    Manifest manifest;
    try {
      manifest = Manifest.read(file, false);
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
        sources.add(SourceInput.file(path, source.format()).in(source.encoding()));
      }
    }
    String id = manifest.fields().id();
    String fallback = origin.equals(file) ? stem(file) : origin.getFileName().toString();
    EpisodeInput input =
        new EpisodeInput(
            slug(id != null ? id : fallback),
            origin.toString(),
            folderOf(origin),
            file,
            manifest.fields(),
            sources);
    List<Path> recordings = folder.recordings(origin.equals(file) ? fallback : null);
    // Of several recordings in a folder nobody says which one it is.
    boolean clear = origin.equals(file) || recordings.size() == 1;
    episodes.add(beside(input, fallback, manifest, folder, clear ? recordings : List.of()));
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
      // Where Han characters are one word in search, each still has an address of its own.
      boolean han = Character.isIdeographic(name.codePointAt(words.start(i)));
      joined.append(apart ? "-" : "").append(han ? words.word(i) : words.folded(i));
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
    List<EpisodeInput> withFolder =
        renameShared(
            once(episodes),
            episode ->
                episode.group().isEmpty()
                    ? episode.id()
                    : slug(episode.group() + " " + episode.id()));
    return renameShared(withFolder, episode -> toldApart(episode).id());
  }

  private static List<EpisodeInput> once(List<EpisodeInput> episodes) {
    Map<String, EpisodeInput> byOrigin = new LinkedHashMap<>();
    episodes.forEach(episode -> byOrigin.putIfAbsent(episode.origin(), episode));
    return List.copyOf(byOrigin.values());
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
