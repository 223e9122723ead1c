package cn.ganye.server.map.internal;

import cn.ganye.reference.Outlines;
import cn.ganye.reference.Tags;
import cn.ganye.server.access.Allowed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Outlines, centres and tags of regions. */
@RestController
@RequestMapping("/api/v1/map")
class MapController {
  /**
   * Where the outlines come from.
   *
   * @param system coordinate system of the file that they were read from; they are sent in CGCS2000
   * @param approval number of the map's approval (审图号); null: must not be published
   */
  record OutlinesOrigin(String system, String source, @Nullable String approval) {}

  /**
   * Beside the outlines.
   *
   * @param centres longitude and latitude by code; of other provinces too
   * @param tags codes of counties by tag
   * @param tagGrade how sure the tags are: V verified, M from general knowledge
   */
  record Places(
      OutlinesOrigin outlines,
      Map<String, double[]> centres,
      Map<String, List<String>> tags,
      String tagGrade) {}

  private final MapOutlines outlines;

  MapController(MapOutlines outlines) {
    this.outlines = outlines;
  }

  /** Outlines of the province, its cities and counties, as GeoJSON. */
  @GetMapping(value = "/outlines", produces = "application/geo+json")
  @Allowed(figures = true)
  ResponseEntity<byte[]> outlines() {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/geo+json"))
        .cacheControl(CacheControl.noCache().cachePrivate())
        .body(outlines.ready().geoJson());
  }

  /** Where to put signs, and which counties a plan names. */
  @GetMapping("/places")
  @Allowed(figures = true)
  Places places() {
    MapOutlines.Ready ready = outlines.ready();
    Map<String, double[]> centres = new TreeMap<>(Outlines.provinceCentres());
    centres.putAll(ready.centres());
    Map<String, List<String>> tags =
        Tags.all().stream()
            .filter(tag -> tag.kind().equals("region"))
            .collect(
                Collectors.groupingBy(
                    Tags.Tag::tag,
                    TreeMap::new,
                    Collectors.mapping(Tags.Tag::code, Collectors.toList())));
    String grade = Tags.all().stream().allMatch(tag -> tag.grade().equals("V")) ? "V" : "M";
    return new Places(
        new OutlinesOrigin(
            ready.origin().system().word(), ready.origin().source(), ready.origin().approval()),
        centres,
        tags,
        grade);
  }
}
