package dev.earmark.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies an episode's content: SHA-256 over its manifest, the names of its sources and their
 * bytes. The same fingerprint means that there is nothing new to index, whatever the clock says of
 * the files. Stateless and thread-safe.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * The fingerprint of an episode as it lies on disk now.
   *
   * @throws IOException if one of its files cannot be read
   */
  public static String of(EpisodeInput input) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    byte[] buffer = new byte[64 << 10];
    if (input.manifest() != null) {
      add(digest, "manifest", input.manifest(), buffer);
    }
    for (Path file : input.files()) {
      add(digest, file.getFileName().toString(), file, buffer);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String name, Path file, byte[] buffer)
      throws IOException {
    digest.update((name + "\n" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
  }
}
