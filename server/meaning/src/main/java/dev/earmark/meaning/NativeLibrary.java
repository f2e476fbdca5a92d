package dev.earmark.meaning;

import dev.earmark.vector.EmbeddingModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * The library of the machine's own code that runs a model.
 *
 * <p>The runtime would unpack its 22 MB into a new temporary folder at every start. It is unpacked
 * here once, into a folder of ours, and the runtime is told where it lies. A file is there whole or
 * not at all.
 */
final class NativeLibrary {
  private static final String FOLDER_PROPERTY = "onnxruntime.native.path";
  private static final String IN_JAR = "/ai/onnxruntime/native/";

  private NativeLibrary() {}

  /**
   * Makes the library ready for the runtime.
   *
   * @param cache where it is unpacked
   * @throws EmbeddingModelException if there is none for this machine, or no room for it
   */
  static void prepare(Path cache) {
    if (System.getProperty(FOLDER_PROPERTY) != null) {
      return;
    }
    String platform = platform();
    Path folder = cache.resolve("onnxruntime-" + version() + "-" + platform);
    try {
      for (String name : names()) {
        unpack(IN_JAR + platform + "/" + name, folder.resolve(name), platform);
      }
    } catch (IOException e) {
      throw new EmbeddingModelException(
          "the library that runs a model cannot be unpacked into "
              + folder
              + ": "
              + e
              + "; make the folder writable, or search for words alone with --meaning off",
          e);
    }
    System.setProperty(FOLDER_PROPERTY, folder.toAbsolutePath().toString());
  }

  private static void unpack(String resource, Path file, String platform) throws IOException {
    if (Files.isRegularFile(file)) {
      return;
    }
    try (InputStream in = NativeLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new EmbeddingModelException(
            "there is nothing to run a model with on "
                + platform
                + " in this build; build Earmark on that machine, or search for words alone with"
                + " --meaning off");
      }
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
      try {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        // Two may do so at once; what they write is the same.
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }

  private static List<String> names() {
    return List.of(
        System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni"));
  }

  /** The name of this machine's kind, as the runtime has it. */
  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String kind = system.startsWith("mac") ? "osx" : system.startsWith("win") ? "win" : "linux";
    String bits =
        switch (processor) {
          case "amd64", "x86_64" -> "x64";
          case "arm64" -> "aarch64";
          default -> processor;
        };
    return kind + "-" + bits;
  }

  /** Another version of the runtime needs another library. */
  private static String version() {
    try (InputStream in =
        NativeLibrary.class.getResourceAsStream(
            "/META-INF/maven/com.microsoft.onnxruntime/onnxruntime/pom.xml")) {
      if (in != null) {
        String pom = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        int from = pom.indexOf("<version>") + "<version>".length();
        return pom.substring(from, pom.indexOf("</version>", from)).strip();
      }
    } catch (IOException e) {
      // Below.
    }
    throw new EmbeddingModelException(
        "the jar of the model's runtime is not whole; build it again with ./earmark test");
  }
}
