package dev.assay.emr.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.emr.Attempt;
import dev.assay.emr.Notes;
import dev.assay.emr.Plan;
import dev.assay.emr.Submission;
import dev.assay.emr.aws.EmrClients;
import dev.assay.emr.aws.EmrFailures;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Emr;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Notes as objects in the folder of an attempt: {@code started.json}, {@code result.json} of the
 * driver, {@code ended.json}. Attempts are numbered; the one that goes on is the newest without
 * {@code ended.json}.
 */
public final class S3Notes implements Notes, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ADDRESS = Pattern.compile("s3://([^/]+)/(.+)");
  private static final Pattern NOTE = Pattern.compile("([0-9]{1,9})/([a-z]+)\\.json");
  private static final String STARTED = "started";
  private static final String ENDED = "ended";

  private final S3Client s3;
  private final String results;
  private final Clock clock;

  private record Place(String bucket, String key) {
    static Place of(String address) {
      Matcher matcher = ADDRESS.matcher(address);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("%s is no address in S3".formatted(address));
      }
      return new Place(matcher.group(1), matcher.group(2));
    }
  }

  private record Note(int number, String name) {}

  private S3Notes(S3Client s3, String results, Clock clock) {
    this.s3 = s3;
    this.results = results;
    this.clock = clock;
  }

  /** In the profile's folder of results. */
  public static S3Notes open(Emr emr, Clock clock) {
    S3ClientBuilder builder = S3Client.builder();
    // another server than AWS has no host name for each bucket
    emr.service().s3Endpoint().ifPresent(endpoint -> builder.forcePathStyle(true));
    return new S3Notes(
        EmrClients.open(builder, emr.service(), emr.service().s3Endpoint(), EmrClients.Repeats.ALL),
        emr.results(),
        clock);
  }

  @Override
  public Attempt current(Submission submission) {
    List<Note> notes = notes(Plan.folder(results, submission));
    int newest = notes.stream().mapToInt(Note::number).max().orElse(0);
    boolean over = newest == 0 || notes.contains(new Note(newest, ENDED));
    Attempt attempt =
        Plan.attempt(results, submission, over ? newest + 1 : newest, Optional.empty());
    if (!notes.contains(new Note(attempt.number(), STARTED))) {
      return attempt;
    }
    return new Attempt(attempt.folder(), attempt.number(), Optional.of(read(attempt)));
  }

  private List<Note> notes(String folder) {
    Place place = Place.of(folder + "/");
    List<Note> notes = new ArrayList<>();
    EmrFailures.ask(
        folder,
        "s3:ListBucket",
        () -> {
          s3
              .listObjectsV2Paginator(r -> r.bucket(place.bucket()).prefix(place.key()))
              .contents()
              .stream()
              .map(object -> NOTE.matcher(object.key().substring(place.key().length())))
              .filter(Matcher::matches)
              .forEach(note -> notes.add(new Note(Integer.parseInt(note.group(1)), note.group(2))));
          return notes;
        });
    return notes;
  }

  private Attempt.Started read(Attempt attempt) {
    String address = note(attempt, STARTED);
    try {
      JsonNode note = JSON.readTree(get(address).orElse(""));
      List<String> arguments = new ArrayList<>();
      note.path("arguments").forEach(argument -> arguments.add(argument.asText()));
      if (!note.path("id").asText().isEmpty()) {
        return new Attempt.Started(note.path("id").asText(), arguments);
      }
    } catch (JsonProcessingException e) {
      // told below
    }
    throw new AssayException(
        ExitKind.OUTSIDE_UNAVAILABLE,
        "%s does not hold what was written to it: the id of a run. Look at the runs there are, and remove the object."
            .formatted(address));
  }

  @Override
  public void started(Attempt attempt, String id, List<String> arguments) {
    ObjectNode note = JSON.createObjectNode();
    note.put("id", id);
    note.put("at", clock.instant().toString());
    ArrayNode words = note.putArray("arguments");
    arguments.forEach(words::add);
    put(note(attempt, STARTED), note);
  }

  @Override
  public Optional<String> result(Attempt attempt) {
    return get(attempt.result());
  }

  @Override
  public void ended(Attempt attempt, String text) {
    put(
        note(attempt, ENDED),
        JSON.createObjectNode().put("at", clock.instant().toString()).put("state", text));
  }

  private static String note(Attempt attempt, String name) {
    return "%s/%s.json".formatted(attempt.folder(), name);
  }

  private Optional<String> get(String address) {
    Place place = Place.of(address);
    return EmrFailures.ask(
        address,
        "s3:GetObject",
        () -> {
          try {
            ResponseBytes<GetObjectResponse> object =
                s3.getObjectAsBytes(r -> r.bucket(place.bucket()).key(place.key()));
            return Optional.of(object.asUtf8String());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  private void put(String address, ObjectNode note) {
    Place place = Place.of(address);
    EmrFailures.ask(
        address,
        "s3:PutObject",
        () ->
            s3.putObject(
                r -> r.bucket(place.bucket()).key(place.key()).contentType("application/json"),
                RequestBody.fromString(note.toPrettyString())));
  }

  @Override
  public void close() {
    s3.close();
  }
}
