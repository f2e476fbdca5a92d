package dev.earmark.meaning;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.earmark.vector.EmbeddingModelException;
import dev.earmark.vector.QuestionAdapter;
import dev.earmark.vector.TextEmbedder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model in the form of ONNX, run by ONNX Runtime on the processor.
 *
 * <p>One text at a time: a quantised model rounds by what stands together in a batch, so only a
 * text alone always has the same vector. One session serves all threads, and each call keeps to its
 * own: on two cores two threads make more vectors so than one that divides its work.
 *
 * <p>The model gives a vector for each token, {@code [1, tokens, dimension]}; the vector of the
 * text is their mean or the first, as the descriptor says, of unit length.
 */
final class OnnxTextEmbedder implements TextEmbedder {
  private static final int HASH_BYTES = 8;

  private final ModelDescriptor descriptor;
  private final WordPieceTokenizer tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String model;
  private final boolean takesTypes;
  private final @Nullable QuestionAdapter questions;

  /**
   * Opens a model.
   *
   * @param questions how questions are turned; null to take them as they are
   * @param place names the model's file in messages
   * @throws EmbeddingModelException if the runtime cannot use it, or it is not what the descriptor
   *     says
   */
  OnnxTextEmbedder(
      ModelDescriptor descriptor,
      byte[] model,
      byte[] tokenizer,
      @Nullable QuestionAdapter questions,
      String place,
      String vocabulary) {
    this.descriptor = descriptor;
    this.questions = questions;
    this.tokenizer = new WordPieceTokenizer(tokenizer, vocabulary);
    this.model = descriptor.name() + "-" + hash(descriptor, model, tokenizer);
    try {
      environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        // It would keep as much memory as the longest text took, for each length of text.
        options.setMemoryPatternOptimization(false);
        session = environment.createSession(model, options);
      }
    } catch (OrtException e) {
      throw new EmbeddingModelException(
          place + " cannot be used as a model: " + e.getMessage() + "; take one in ONNX's form", e);
    }
    try {
      takesTypes = session.getInputNames().contains("token_type_ids");
      check(place);
    } catch (OrtException | RuntimeException e) {
      close();
      throw e instanceof EmbeddingModelException ours
          ? ours
          : new EmbeddingModelException(place + " cannot be used as a model: " + e.getMessage(), e);
    }
  }

  private void check(String place) throws OrtException {
    if (!session.getInputNames().contains("input_ids")
        || !session.getInputNames().contains("attention_mask")) {
      throw new EmbeddingModelException(
          place
              + " takes "
              + session.getInputNames()
              + ", not the numbers of tokens as input_ids and attention_mask; take a model of BERT's"
              + " kind, exported for feature extraction");
    }
    NodeInfo output = session.getOutputInfo().values().iterator().next();
    long[] shape = output.getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
    if (shape.length != 3) {
      throw new EmbeddingModelException(
          place
              + " gives "
              + output.getInfo()
              + ", not a vector for each token; take a model exported for feature extraction");
    }
    int found = embed("dimension").length;
    if (found != descriptor.dimension()) {
      throw new EmbeddingModelException(
          place
              + " makes vectors of "
              + found
              + " dimensions, its "
              + ModelDescriptor.FILE
              + " says "
              + descriptor.dimension()
              + "; set dimension to "
              + found);
    }
  }

  /** What decides which vector a text has. */
  private static String hash(ModelDescriptor descriptor, byte[] model, byte[] tokenizer) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(model);
      digest.update(tokenizer);
      digest.update(
          (descriptor.pooling()
                  + "\n"
                  + descriptor.maxTokens()
                  + "\n"
                  + prefix(descriptor.queryPrefix())
                  + "\n"
                  + prefix(descriptor.passagePrefix()))
              .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String prefix(@Nullable String prefix) {
    return Objects.requireNonNullElse(prefix, "");
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public int dimension() {
    return descriptor.dimension();
  }

  @Override
  public float unrelated() {
    Double unrelated = descriptor.unrelated();
    return unrelated == null ? 0 : unrelated.floatValue();
  }

  @Override
  public boolean reads(String language) {
    return descriptor.reads(language);
  }

  @Override
  public float[] passage(String text) {
    return embed(prefix(descriptor.passagePrefix()) + text);
  }

  @Override
  public float[] query(String text) {
    return embed(prefix(descriptor.queryPrefix()) + text);
  }

  @Override
  public float[] question(String text) {
    return questions == null ? query(text) : questions.turn(query(text));
  }

  private float[] embed(String text) {
    float[][] tokens = run(text);
    float[] pooled = tokens[0];
    if (descriptor.pooling() == ModelDescriptor.Pooling.MEAN) {
      // The length is made one afterwards, so a sum is as good as a mean.
      for (int token = 1; token < tokens.length; token++) {
        for (int i = 0; i < pooled.length; i++) {
          pooled[i] += tokens[token][i];
        }
      }
    }
    normalise(pooled);
    return pooled;
  }

  private static void normalise(float[] vector) {
    double squares = 0;
    for (float number : vector) {
      squares += (double) number * number;
    }
    float length = (float) Math.sqrt(squares);
    if (length > 0) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= length;
      }
    }
  }

  /** The vectors of all tokens of a text, with those of the marks at its ends. */
  private float[][] run(String text) {
    long[] ids = tokenizer.tokens(text, descriptor.maxTokens());
    long[] shape = {1, ids.length};
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      inputs.put("input_ids", OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape));
      inputs.put(
          "attention_mask", OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape));
      if (takesTypes) {
        inputs.put(
            "token_type_ids",
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        FloatBuffer numbers = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[][] tokens = new float[ids.length][numbers.remaining() / ids.length];
        for (float[] token : tokens) {
          numbers.get(token);
        }
        return tokens;
      }
    } catch (OrtException e) {
      throw new EmbeddingModelException(
          "the model " + model + " failed at a text: " + e.getMessage(), e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new EmbeddingModelException("the model " + model + " cannot be closed", e);
    }
  }
}
