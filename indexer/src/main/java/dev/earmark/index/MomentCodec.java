package dev.earmark.index;

import dev.earmark.model.Anchor;
import dev.earmark.model.Correction;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.Person;
import dev.earmark.model.QuoteCheck;
import dev.earmark.model.SegmentCues;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.schema.IndexedMoment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a moment as the bytes stored in an index, and decodes it.
 *
 * <p>The layout belongs to {@link dev.earmark.schema.Schema#VERSION}. Numbers have variable length;
 * texts are UTF-8 after their length. Stateless and thread-safe.
 */
public final class MomentCodec {
  private static final int UNPLACED = 0;
  private static final int EXACT = 1;
  private static final int ESTIMATED = 2;

  private MomentCodec() {}

  /** The bytes of a moment. */
  public static byte[] encode(IndexedMoment indexed) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
      DataOutputStream out = new DataOutputStream(bytes);
      Moment moment = indexed.moment();
      writeText(out, indexed.episode().id());
      writeText(out, indexed.source());
      writeText(out, indexed.format());
      writeText(out, indexed.language());
      writeNumber(out, indexed.ordinal());
      writeNumber(out, indexed.position());
      writeText(out, moment.kind().id());
      writeText(out, moment.title());
      writeText(out, moment.body());
      writeText(out, moment.speaker());
      writeText(out, person(indexed));
      writeAnchor(out, moment.anchor());
      writeBytes(out, moment.times() == null ? new byte[0] : moment.times().toBytes());
      writeBytes(out, moment.cues() == null ? new byte[0] : moment.cues().toBytes());
      writeTexts(out, List.copyOf(moment.topics()));
      writeTexts(out, moment.section());
      writeNumber(out, moment.details().size());
      for (Map.Entry<String, String> detail : moment.details().entrySet()) {
        writeText(out, detail.getKey());
        writeText(out, detail.getValue());
      }
      writeNumber(out, moment.corrections().size());
      for (Correction correction : moment.corrections()) {
        writeNumber(out, correction.firstWord());
        writeNumber(out, correction.words());
        writeText(out, correction.heard());
      }
      out.writeBoolean(moment.continues());
      writeNumber(out, moment.line());
      writeCheck(out, moment.check());
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The moment that {@link #encode} wrote.
   *
   * @throws IndexException if the bytes are no moment
   */
  public static StoredMoment decode(byte[] bytes, int offset, int length) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
      String episodeId = text(in);
      String source = text(in);
      String format = text(in);
      String language = text(in);
      int ordinal = Math.toIntExact(readNumber(in));
      long position = readNumber(in);
      Kind kind = Kind.of(text(in)).orElseThrow();
      String title = readText(in);
      String body = text(in);
      String speaker = readText(in);
      String person = readText(in);
      Moment.Builder moment =
          Moment.builder(kind, body).title(title).speaker(speaker).anchor(readAnchor(in));
      byte[] times = readBytes(in);
      moment.times(times.length == 0 ? null : TimeMap.fromBytes(times));
      byte[] cues = readBytes(in);
      moment.cues(cues.length == 0 ? null : SegmentCues.fromBytes(cues));
      readTexts(in).forEach(moment::topic);
      moment.section(readTexts(in));
      for (long details = readNumber(in); details > 0; details--) {
        moment.detail(text(in), readText(in));
      }
      List<Correction> corrections = new ArrayList<>();
      for (long count = readNumber(in); count > 0; count--) {
        int first = Math.toIntExact(readNumber(in));
        corrections.add(new Correction(first, Math.toIntExact(readNumber(in)), text(in)));
      }
      moment.corrections(corrections);
      moment.continues(in.get() != 0);
      moment.line(Math.toIntExact(readNumber(in)));
      moment.check(readCheck(in));
      return new StoredMoment(
          episodeId,
          source,
          format,
          language,
          ordinal,
          position,
          person == null ? speaker : person,
          moment.build());
    } catch (IOException | RuntimeException e) {
      throw new IndexException("a stored moment cannot be read; run ./earmark check", e);
    }
  }

  /** The bytes of several moments, packed. */
  public static byte[] encodeAll(List<IndexedMoment> moments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      for (IndexedMoment moment : moments) {
        writeBytes(out, encode(moment));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The moments that {@link #encodeAll} wrote.
   *
   * @throws IndexException if the bytes are no moments
   */
  public static List<StoredMoment> decodeAll(byte[] bytes, int offset, int length) {
    List<StoredMoment> moments = new ArrayList<>();
    try (InflaterInputStream packed =
        new InflaterInputStream(new ByteArrayInputStream(bytes, offset, length))) {
      ByteBuffer in = ByteBuffer.wrap(packed.readAllBytes());
      while (in.hasRemaining()) {
        byte[] one = readBytes(in);
        moments.add(decode(one, 0, one.length));
      }
    } catch (IOException | RuntimeException e) {
      throw new IndexException("a stored transcript cannot be read; run ./earmark check", e);
    }
    return moments;
  }

  /** What tells the speaker from others, where the name alone does not. */
  private static @Nullable String person(IndexedMoment indexed) {
    Person person = indexed.person();
    return person == null || person.value().equals(indexed.moment().speaker())
        ? null
        : person.value();
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    writeNumber(out, bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(ByteBuffer in) throws IOException {
    byte[] bytes = new byte[readLength(in, readNumber(in))];
    in.get(bytes);
    return bytes;
  }

  private static void writeAnchor(DataOutputStream out, Anchor anchor) throws IOException {
    switch (anchor) {
      case Anchor.Unplaced unplaced -> out.writeByte(UNPLACED);
      case Anchor.Exact exact -> {
        out.writeByte(EXACT);
        writeSpan(out, exact.at());
      }
      case Anchor.Estimated estimated -> {
        out.writeByte(ESTIMATED);
        writeSpan(out, estimated.at());
        out.writeFloat((float) estimated.confidence());
        writeText(out, estimated.how());
        Timestamp best = estimated.best();
        writeNumber(out, best == null ? 0 : best.millis() - estimated.at().startMs() + 1);
      }
    }
  }

  private static Anchor readAnchor(ByteBuffer in) throws IOException {
    return switch (Byte.toUnsignedInt(in.get())) {
      case UNPLACED -> Anchor.unplaced();
      case EXACT -> Anchor.exact(readSpan(in));
      case ESTIMATED -> {
        TimeSpan span = readSpan(in);
        double confidence = Math.round(in.getFloat() * 10_000) / 10_000.0;
        String how = text(in);
        long best = readNumber(in);
        yield best == 0
            ? Anchor.estimated(span, confidence, how)
            : Anchor.within(span, new Timestamp(span.startMs() + best - 1), confidence, how);
      }
      default -> throw new IOException("there is no such type of anchor");
    };
  }

  private static void writeCheck(DataOutputStream out, @Nullable QuoteCheck check)
      throws IOException {
    writeText(out, check == null ? null : check.result().id());
    if (check != null) {
      writeOptional(out, check.at());
      writeOptional(out, check.stated());
      writeText(out, check.speaker());
    }
  }

  private static @Nullable QuoteCheck readCheck(ByteBuffer in) throws IOException {
    String result = readText(in);
    return result == null
        ? null
        : new QuoteCheck(
            QuoteCheck.Result.of(result).orElseThrow(),
            readOptional(in),
            readOptional(in),
            readText(in));
  }

  private static void writeOptional(DataOutputStream out, @Nullable TimeSpan span)
      throws IOException {
    out.writeBoolean(span != null);
    if (span != null) {
      writeSpan(out, span);
    }
  }

  private static @Nullable TimeSpan readOptional(ByteBuffer in) throws IOException {
    return in.get() == 0 ? null : readSpan(in);
  }

  private static void writeSpan(DataOutputStream out, TimeSpan span) throws IOException {
    writeNumber(out, span.startMs());
    writeNumber(out, span.end() == null ? 0 : span.durationMs() + 1);
  }

  private static TimeSpan readSpan(ByteBuffer in) throws IOException {
    long start = readNumber(in);
    long duration = readNumber(in);
    return duration == 0
        ? TimeSpan.from(new Timestamp(start))
        : TimeSpan.ofMillis(start, start + duration - 1);
  }

  private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
    writeNumber(out, texts.size());
    for (String text : texts) {
      writeText(out, text);
    }
  }

  private static List<String> readTexts(ByteBuffer in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (long count = readNumber(in); count > 0; count--) {
      texts.add(text(in));
    }
    return texts;
  }

  private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      writeNumber(out, 0);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeNumber(out, utf8.length + 1L);
    out.write(utf8);
  }

  private static @Nullable String readText(ByteBuffer in) throws IOException {
    long length = readNumber(in);
    if (length == 0) {
      return null;
    }
    int bytes = readLength(in, length - 1);
    int from = in.arrayOffset() + in.position();
    in.position(in.position() + bytes);
    return new String(in.array(), from, bytes, StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer in) throws IOException {
    String text = readText(in);
    return text == null ? "" : text;
  }

  private static void writeNumber(DataOutputStream out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /** A length that was read, if there are so many bytes. */
  private static int readLength(ByteBuffer in, long length) throws IOException {
    if (length < 0 || length > in.remaining()) {
      throw new EOFException("there are no " + length + " more bytes");
    }
    return (int) length;
  }

  private static long readNumber(ByteBuffer in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = Byte.toUnsignedInt(in.get());
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("a number has more than 64 bits");
  }
}
