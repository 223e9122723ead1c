package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.server.TestApp.Answer;
import cn.ganye.server.TestApp.Visitor;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every role at every endpoint: allowed or refused, as the endpoint says; nobody gets in unsaid.
 */
class RolesTest {
  private static final String NOBODY = UUID.randomUUID().toString();

  private record Endpoint(RequestMethod method, String path, Allowed allowed) {}

  @TestFactory
  Stream<DynamicTest> every_role_at_every_endpoint() throws Exception {
    TestApp app = TestApp.running();
    Map<Role, Visitor> visitors = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      visitors.put(role, app.signedInWithin(role, region(role)));
    }
    List<Endpoint> endpoints = endpoints(app);
    assertThat(endpoints).hasSizeGreaterThan(20);
    List<DynamicTest> tests = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      String name = endpoint.method() + " " + endpoint.path();
      tests.add(
          DynamicTest.dynamicTest(
              name + " without sign-in",
              () -> {
                Answer answer = call(app.visitor(), endpoint);
                if (endpoint.allowed().anybody()) {
                  assertThat(answer.code()).isNotEqualTo("sign-in-needed");
                } else {
                  assertThat(answer.status()).isIn(401, 403);
                }
              }));
      for (Role role : Role.values()) {
        boolean let =
            endpoint.allowed().anybody()
                || endpoint.allowed().everyAccount()
                || endpoint.allowed().figures()
                    && (role == Role.ANALYST || role == Role.ADMINISTRATOR)
                || List.of(endpoint.allowed().value()).contains(role);
        if (endpoint.path().equals("/api/v1/session/end")
            || endpoint.path().equals("/api/v1/intake/builds") && let) {
          continue;
        }
        tests.add(
            DynamicTest.dynamicTest(
                name + " as " + role.word() + (let ? ": allowed" : ": refused"),
                () -> {
                  Answer answer = call(visitors.get(role), endpoint);
                  if (let) {
                    assertThat(answer.code()).isNotEqualTo("not-allowed");
                    assertThat(answer.status()).isNotEqualTo(401).isLessThan(500);
                  } else {
                    assertThat(answer.status()).isEqualTo(403);
                    assertThat(answer.code()).isEqualTo("not-allowed");
                  }
                }));
      }
    }
    return tests.stream();
  }

  private static String region(Role role) {
    return switch (role) {
      case CITY -> "3607";
      case COUNTY -> "360722";
      case TOWNSHIP -> "360722100";
      case VILLAGE -> "360722100200";
      default -> "36";
    };
  }

  private static List<Endpoint> endpoints(TestApp app) {
    List<Endpoint> endpoints = new ArrayList<>();
    Map<RequestMappingInfo, HandlerMethod> mapped =
        app.app
            .context()
            .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods();
    mapped.forEach(
        (info, method) -> {
          for (String path : info.getPatternValues()) {
            if (path.startsWith("/api/") && !path.startsWith("/api/v1/openapi")) {
              Allowed allowed = method.getMethodAnnotation(Allowed.class);
              assertThat(allowed).as("%s says who may call it", method).isNotNull();
              for (RequestMethod verb : info.getMethodsCondition().getMethods()) {
                endpoints.add(new Endpoint(verb, path, allowed));
              }
            }
          }
        });
    return endpoints;
  }

  private static Answer call(Visitor visitor, Endpoint endpoint) throws Exception {
    String path =
        endpoint
            .path()
            .replace("{ref}", NOBODY)
            .replace("{id}", NOBODY)
            .replace("{load}", "1")
            .replace("{county}", "360722")
            .replace("{region}", "360722")
            .replace("{month}", "202312")
            .replace("{kind}", "pdf")
            .replace("{z}/{x}/{y}", "7/105/54");
    if (endpoint.method() == RequestMethod.POST) {
      visitor.get("/api/v1/me");
      return path.endsWith("/uploads")
          ? visitor.upload(path, "../x", new byte[] {1})
          : visitor.post(path, "{}");
    }
    return visitor.get(
        path
            + switch (endpoint.path()) {
              case "/api/v1/people" -> "?query=wang";
              case "/api/v1/analysis/crosstab", "/api/v1/analysis/crosstab/workbook" ->
                  "?dimensions=status";
              case "/api/v1/analysis/figures", "/api/v1/analysis/figures/workbook" ->
                  "?measure=employed";
              case "/api/v1/analysis/townships" -> "?region=360722";
              case "/api/v1/people/{ref}/sources" -> "?dataset=contribution";
              default -> "";
            });
  }
}
