package dev.assay.reports;

import dev.assay.contracts.BrokenTerm;
import dev.assay.contracts.ContractCheck;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Contracts as JUnit test cases, one each, for the test view of a CI server. */
public final class ContractJUnitReport {
  private ContractJUnitReport() {}

  /**
   * @param wrong files that could not be read, with what is wrong with each: errors
   */
  public static String of(List<ContractCheck> checks, Map<String, String> wrong) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "contracts");
      xml.writeAttribute("tests", String.valueOf(checks.size() + wrong.size()));
      xml.writeAttribute(
          "failures", String.valueOf(checks.stream().filter(check -> !check.met()).count()));
      xml.writeAttribute("errors", String.valueOf(wrong.size()));
      for (ContractCheck check : checks) {
        testCase(
            xml,
            check.contract().table().toString(),
            check.contract().name(),
            "failure",
            check.broken().stream()
                .map(ContractJUnitReport::sentence)
                .collect(Collectors.joining("\n")));
      }
      for (Map.Entry<String, String> file : wrong.entrySet()) {
        testCase(xml, "contracts", file.getKey(), "error", file.getValue());
      }
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML to memory failed", e);
    }
    return text.toString();
  }

  private static void testCase(
      XMLStreamWriter xml, String of, String name, String kind, String message)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", of);
    xml.writeAttribute("name", name);
    if (!message.isEmpty()) {
      xml.writeStartElement(kind);
      xml.writeAttribute("message", message);
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String sentence(BrokenTerm term) {
    return "%s: required %s; found %s".formatted(term.kind().text(), term.required(), term.found());
  }
}
