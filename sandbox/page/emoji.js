// Emoji: the common shortcodes; one that is not here stays as it was typed.

const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|wave 👋|clap 👏|raised_hands 🙌|pray 🙏|muscle 💪|ok_hand 👌|point_right 👉|point_left 👈
point_up ☝️|point_down 👇|raised_hand ✋|hand ✋|handshake 🤝|writing_hand ✍️|eyes 👀|brain 🧠|heart ❤️|green_heart 💚|blue_heart 💙|purple_heart 💜
smile 😄|smiley 😃|grinning 😀|grin 😁|slightly_smiling_face 🙂|blush 😊|wink 😉|joy 😂|sweat_smile 😅|heart_eyes 😍|thinking_face 🤔|neutral_face 😐
confused 😕|worried 😟|weary 😩|tired_face 😫|cry 😢|sob 😭|sunglasses 😎|sleeping 😴|partying_face 🥳|hugging_face 🤗|relieved 😌|disappointed 😞
tada 🎉|confetti_ball 🎊|sparkles ✨|star ⭐|star2 🌟|rocket 🚀|fire 🔥|100 💯|trophy 🏆|medal 🏅|gift 🎁|balloon 🎈|birthday 🎂
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|warning ⚠️|no_entry ⛔|octagonal_sign 🛑|construction 🚧|sos 🆘
rotating_light 🚨|exclamation ❗|question ❓|bangbang ‼️|information_source ℹ️|bulb 💡|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|speech_balloon 💬|zzz 💤
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫
large_red_square 🟥|large_orange_square 🟧|large_yellow_square 🟨|large_green_square 🟩|large_blue_square 🟦|white_large_square ⬜|black_large_square ⬛|small_blue_diamond 🔹|small_orange_diamond 🔸
calendar 📆|date 📅|spiral_calendar_pad 🗓️|clock1 🕐|clock9 🕘|alarm_clock ⏰|stopwatch ⏱️|hourglass ⌛|hourglass_flowing_sand ⏳|timer_clock ⏲️|watch ⌚
memo 📝|pencil ✏️|pencil2 ✏️|clipboard 📋|pushpin 📌|round_pushpin 📍|paperclip 📎|link 🔗|bookmark 🔖|books 📚|book 📖|open_book 📖|notebook 📓|page_facing_up 📄
bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|mag 🔍|mag_right 🔎|key 🔑|lock 🔒|unlock 🔓|shield 🛡️|gear ⚙️|wrench 🔧|hammer_and_wrench 🛠️
email 📧|envelope ✉️|inbox_tray 📥|outbox_tray 📤|package 📦|card_index 📇|file_folder 📁|wastebasket 🗑️|computer 💻|desktop_computer 🖥️|iphone 📱|telephone_receiver 📞
sunny ☀️|sunrise 🌅|partly_sunny ⛅|cloud ☁️|rainbow 🌈|umbrella ☔|snowflake ❄️|crescent_moon 🌙|earth_americas 🌎|earth_africa 🌍|earth_asia 🌏|globe_with_meridians 🌐
seedling 🌱|evergreen_tree 🌲|herb 🌿|four_leaf_clover 🍀|sunflower 🌻|coffee ☕|tea 🍵|pizza 🍕|cake 🍰|beers 🍻|palm_tree 🌴|beach_with_umbrella 🏖️
dart 🎯|compass 🧭|world_map 🗺️|checkered_flag 🏁|triangular_flag_on_post 🚩|flag-br 🇧🇷|flag-ph 🇵🇭|flag-es 🇪🇸|jigsaw 🧩|puzzle_piece 🧩|art 🎨|video_camera 📹|movie_camera 🎥|camera 📷
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_forward ▶️|fast_forward ⏩|repeat 🔁|arrows_counterclockwise 🔄|double_vertical_bar ⏸️|black_square_for_stop ⏹️|heavy_plus_sign ➕|heavy_minus_sign ➖
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|zero 0️⃣|robot_face 🤖|busts_in_silhouette 👥|bust_in_silhouette 👤|people_hugging 🫂
house 🏠|house_with_garden 🏡|office 🏢|airplane ✈️|luggage 🧳|moneybag 💰|credit_card 💳|scales ⚖️|crown 👑|knot 🪢|hear_no_evil 🙉|turtle 🐢|bug 🐛|owl 🦉|unicorn_face 🦄`;

const EMOJI = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((pair) => pair.split(" ")),
);

export const SHORTCODE = /^:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?/;
export const QUICK = [
  "+1",
  "white_check_mark",
  "eyes",
  "tada",
  "heart",
  "wave",
  "raised_hands",
  "rocket",
  "pray",
  "100",
  "thinking_face",
  "joy",
];

export const emoji = (name) => EMOJI.get(name.toLowerCase()) ?? null;

/** Shortcodes starting with, then containing, what was typed: [[name, sign], ...] */
export function search(typed, limit = 8) {
  const all = [...EMOJI];
  const starts = all.filter(([name]) => name.startsWith(typed));
  return [...starts, ...all.filter(([name]) => name.includes(typed) && !name.startsWith(typed))].slice(0, limit);
}
