package dev.earmark.vector;

/**
 * Makes vectors of texts: texts that mean much the same have vectors that point much the same way.
 *
 * <p>A text may be of any length and of any script; what is beyond the model's limit is left out,
 * and a text without a word gives a vector all the same. All vectors have unit length. Thread-safe;
 * each call works on the thread that makes it.
 */
public interface TextEmbedder extends AutoCloseable {

  /**
   * Which vectors go together: the name of the model, and a hash of all that decides what it makes
   * of a text. Of letters, digits, {@code -}, {@code .} and {@code _}.
   */
  String model();

  /** How many numbers a vector has. */
  int dimension();

  /**
   * Whether the model knows a language.
   *
   * @param language as a moment has it, such as {@code en} or {@code en-GB}
   */
  boolean reads(String language);

  /**
   * The cosine up to which texts have nothing to do with each other. Some models give all texts
   * vectors of much the same direction, so how near two are is told from here on.
   *
   * @return from 0 to less than 1
   */
  default float unrelated() {
    return 0;
  }

  /** The vector of a text that is to be found. */
  float[] passage(String text);

  /** The vector of what is asked for. */
  float[] query(String text);

  /**
   * The vector of what is asked of one recording, turned to where in it the answer is given ({@link
   * QuestionAdapter}); that of {@link #query} if the model has learnt nothing of that.
   */
  default float[] question(String text) {
    return query(text);
  }

  @Override
  void close();
}
