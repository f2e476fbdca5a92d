package dev.earmark.index.opensearch;

import dev.earmark.index.IndexException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are trusted. */
final class Authorities {
  private Authorities() {}

  /**
   * Connections that trust the authorities in a file, and no others.
   *
   * @throws IndexException if the file holds no certificate
   */
  static SSLContext trusting(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority" + number++, certificate);
      }
      if (number == 0) {
        throw new IndexException("there is no certificate in " + file + "; it should be PEM");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IndexException(
          "the certificates in "
              + file
              + " cannot be read: "
              + e.getMessage()
              + "; EARMARK_OPENSEARCH_CA should name a PEM file",
          e);
    }
  }
}
