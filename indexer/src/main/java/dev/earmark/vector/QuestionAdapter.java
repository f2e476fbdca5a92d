package dev.earmark.vector;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Turns the vector of a question to where its answers lie.
 *
 * <p>A model of sentences puts a question near texts that say much the same. An answer says
 * something else: "what did they think of the price" is answered by "twenty-five euros is a lot".
 * How the two differ can be learnt for a model from questions whose answers are known:
 *
 * <pre>
 *   turned = q + shift + sum over i of to(i) · (from(i) · q)      made of unit length
 * </pre>
 *
 * <p>The sum is a matrix of low rank, as in E. J. Hu et al., <i>LoRA: low-rank adaptation of large
 * language models</i>, 2021, but of vectors that are made already: texts keep theirs, so nothing is
 * embedded anew. {@code ./earmark bench learn} makes the numbers.
 *
 * <p>In bytes: {@value #MAGIC}, the dimension and the rank as integers, then floats: the shift, and
 * for each i from(i) and to(i); all big-endian. Immutable and thread-safe.
 */
public final class QuestionAdapter {
  /** "EQA1". */
  private static final int MAGIC = 0x45514131;

  private final float[] shift;
  private final float[][] from;
  private final float[][] to;

  /**
   * Takes the numbers as they are.
   *
   * @param shift as many numbers as a vector has
   * @param from as many vectors as the rank
   * @param to the same
   */
  public QuestionAdapter(float[] shift, float[][] from, float[][] to) {
    this.shift = shift;
    this.from = from;
    this.to = to;
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @param place names the file in messages
   * @throws EmbeddingModelException if it is something else, or for vectors of another dimension
   */
  public static QuestionAdapter read(byte[] bytes, int dimension, String place) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < 3 * Integer.BYTES || in.getInt() != MAGIC) {
      throw wrong(place, "it does not begin as one does");
    }
    int made = in.getInt();
    int rank = in.getInt();
    if (made != dimension) {
      throw wrong(
          place, "it is for vectors of " + made + " dimensions, the model's have " + dimension);
    }
    FloatBuffer numbers = in.asFloatBuffer();
    long wanted = dimension * (1 + 2L * rank);
    if (rank < 0 || in.remaining() != wanted * Float.BYTES) {
      throw wrong(place, "it should hold " + wanted + " numbers, and holds " + numbers.remaining());
    }
    float[] shift = new float[dimension];
    float[][] from = new float[rank][dimension];
    float[][] to = new float[rank][dimension];
    numbers.get(shift);
    for (int i = 0; i < rank; i++) {
      numbers.get(from[i]).get(to[i]);
    }
    return new QuestionAdapter(shift, from, to);
  }

  private static EmbeddingModelException wrong(String place, String why) {
    return new EmbeddingModelException(
        place
            + " does not say how questions are turned: "
            + why
            + "; make it with ./earmark bench learn, or take questions out of the model's"
            + " descriptor");
  }

  /** All numbers, as they are kept. */
  public byte[] bytes() {
    int floats = shift.length * (1 + 2 * from.length);
    ByteBuffer out = ByteBuffer.allocate(3 * Integer.BYTES + floats * Float.BYTES);
    out.putInt(MAGIC).putInt(shift.length).putInt(from.length);
    FloatBuffer numbers = out.asFloatBuffer();
    numbers.put(shift);
    for (int i = 0; i < from.length; i++) {
      numbers.put(from[i]).put(to[i]);
    }
    return out.array();
  }

  /** The vector of a question, turned; of unit length. */
  public float[] turn(float[] query) {
    float[] turned = query.clone();
    for (int i = 0; i < from.length; i++) {
      float along = dot(from[i], query);
      for (int d = 0; d < turned.length; d++) {
        turned[d] += along * to[i][d];
      }
    }
    double squares = 0;
    for (int d = 0; d < turned.length; d++) {
      turned[d] += shift[d];
      squares += (double) turned[d] * turned[d];
    }
    float length = (float) Math.sqrt(squares);
    if (length == 0) {
      return query.clone();
    }
    for (int d = 0; d < turned.length; d++) {
      turned[d] /= length;
    }
    return turned;
  }

  private static float dot(float[] one, float[] other) {
    float sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += one[d] * other[d];
    }
    return sum;
  }
}
