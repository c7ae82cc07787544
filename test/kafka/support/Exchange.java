import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.*;

/** Java's own clients: "produce BROKER TOPIC COMPRESSIONS COUNT" or "consume BROKER TOPIC UNTIL" of partition 0. */
public class Exchange {
  public static void main(String[] words) throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", words[1]);
    String topic = words[2];
    if (words[0].equals("produce")) for (String compression : words[3].split(",")) {
      settings.put("compression.type", compression);
      settings.put("linger.ms", "50");
      settings.put("batch.size", "200000");
      try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
        for (int i = 0; i < Integer.parseInt(words[4]); i++) {
          var message = new ProducerRecord<>(topic, 0, "key " + i, i % 10 == 0 ? null : "value ".repeat(i % 30) + i);
          message.headers().add("index", Integer.toString(i).getBytes()).add("nothing", null);
          producer.send(message);
        }
      }
    } else {
      settings.put("isolation.level", "read_committed");
      try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
        var place = new TopicPartition(topic, 0);
        consumer.assign(List.of(place));
        consumer.seek(place, 0);
        StringBuilder out = new StringBuilder();
        while (consumer.position(place) < Long.parseLong(words[3])) {
          for (var message : consumer.poll(Duration.ofMillis(100))) {
            out.append(message.offset()).append('|').append(message.timestamp()).append('|').append(message.key()).append('|').append(message.value());
            for (var header : message.headers()) out.append('|').append(header.key()).append('=').append(header.value() == null ? "null" : new String(header.value()));
            out.append('\n');
          }
        }
        System.out.write(out.toString().getBytes("UTF-8"));
        System.out.flush();
      }
    }
  }
}
