"""An invented friends' group and its KakaoTalk room, written by a script; knows nothing of training or the bot."""
